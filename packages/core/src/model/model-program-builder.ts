import type { Variable } from '@tensorflow/tfjs-core';
import type { Sizes, State, Value } from '../program/ir';
import { Program } from '../program/ir';
import { constant, input } from '../program/operations/sources';
import { opsOf } from '../program/ops';
import type { LayerCall, LayerValue, TranslatedLayer } from './layer-calls';
import type { PendingValue } from './pending-value';
import { stateOf } from './state-of';

/** A weight of a layer, as tfjs-layers holds it. */
export interface LayerWeight {
  read(): unknown;
}

/** An input for random numbers, which each step draws: the mask of a Dropout, or noise. */
export interface DropoutMask {
  readonly mask: Value;
  /** Draws one number. `random` gives uniformly distributed numbers from 0 to below 1. */
  draw(random: () => number): number;
}

/** A state that a training step updates although no gradient does: a moving average of a BatchNormalization. */
export interface MovedState {
  readonly state: State;
  readonly value: Value;
}

/** An output of a call, and a call, of whatever layer. */
type Read = LayerValue<TranslatedLayer>;
type Call = LayerCall<TranslatedLayer>;

/** An input of a call that a training step drops for a share of the images. */
interface DroppedInput {
  readonly input: number;
  readonly rate: number;
}

/** Collects the program of a model while its layers are translated. */
export class ModelProgramBuilder {
  readonly program = new Program();
  readonly ops = opsOf(this.program);
  readonly dropouts: DropoutMask[] = [];
  readonly moved: MovedState[] = [];
  readonly #pending = new Map<Read, PendingValue>();
  readonly #values = new Map<Read, Value>();
  readonly #readers: ReadonlyMap<Read, number>;
  readonly #dropped = new Map<Call, DroppedInput>();

  /**
   * @param training whether layers behave as in training.
   * @param weightState the state that holds a variable's weight; by default the variable itself.
   */
  constructor(
    readonly training: boolean,
    calls: readonly Call[],
    outputs: readonly Read[],
    readonly weightState: (variable: Variable) => State = stateOf,
  ) {
    const readers = new Map<Read, number>();
    for (const value of [...calls.flatMap((call) => call.inputs), ...outputs]) {
      readers.set(value, (readers.get(value) ?? 0) + 1);
    }
    this.#readers = readers;
  }

  set(output: Read, pending: PendingValue): void {
    this.#pending.set(output, pending);
  }

  /** The pending value of a layer's input. It can absorb this layer's operation only if no other layer reads it. */
  pending(read: Read): PendingValue {
    const pending = this.#pending.get(read);
    if (pending && this.#readers.get(read) === 1 && !this.#values.has(read)) return pending;
    const value = this.value(read);
    return { emit: () => value };
  }

  /** The value of a layer's input, with its operation added to the program. */
  value(read: Read): Value {
    let value = this.#values.get(read);
    if (!value) {
      value = this.#pending.get(read)!.emit();
      this.#values.set(read, value);
    }
    return value;
  }

  /** Drops an input of a call for a share of the images, and divides it by the share of the others. */
  drop(call: Call, input: number, rate: number): void {
    this.#dropped.set(call, { input, rate });
  }

  /** The values of a call's inputs. */
  values(call: Call): Value[] {
    const dropped = this.#dropped.get(call);
    return call.inputs.map((read, i) => {
      const value = this.value(read);
      return dropped?.input === i ? this.#dropImages(value, dropped.rate) : value;
    });
  }

  #dropImages(value: Value, rate: number): Value {
    const kept = 1 / (1 - rate);
    const sizes = value.sizes.map((_, axis) => (axis === 0 ? null : 1));
    return this.ops.mul(
      value,
      this.noise(sizes, (random) => (random() < rate ? 0 : kept)),
    );
  }

  weight(weight: LayerWeight): Value {
    return this.program.read(this.weightState(weight.read() as Variable));
  }

  /** A constant vector with the same number for each channel. */
  channels(number: number, count: number): Value {
    return constant(this.program, [], { values: new Array(count).fill(number), sizes: [count] });
  }

  /** An input for random numbers. They are drawn in JavaScript per step, so a seed means the same on every backend. */
  noise(sizes: Sizes, draw: DropoutMask['draw']): Value {
    const mask = input(this.program, [], { name: `dropout_${this.dropouts.length}`, sizes });
    this.dropouts.push({ mask, draw });
    return mask;
  }
}
