import type { Variable } from '@tensorflow/tfjs-core';
import type { Sizes, State, Value } from '../program/ir';
import { Program } from '../program/ir';
import { constant, input } from '../program/operations/sources';
import { opsOf } from '../program/ops';
import type { LayerCall, LayerValue } from './layer-calls';
import type { PendingValue } from './pending-value';
import { stateOf } from './state-of';

/** A number or array that a layer keeps. */
export interface LayerWeight {
  read(): unknown;
}

/** Random numbers that each run is given: a Dropout's mask, a noise. */
export interface DropoutMask {
  readonly mask: Value;
  /** Draws one of them from numbers that are spread evenly from 0 to below 1. */
  draw(random: () => number): number;
}

/** A state that a training step moves besides what learns: a BatchNormalization's moving average. */
export interface MovedState {
  readonly state: State;
  readonly value: Value;
}

/** What the layers of a model put into a program, and what they have in common. */
export class ModelProgramBuilder {
  readonly program = new Program();
  readonly ops = opsOf(this.program);
  readonly dropouts: DropoutMask[] = [];
  readonly moved: MovedState[] = [];
  readonly #steps = new Map<LayerValue, PendingValue>();
  readonly #values = new Map<LayerValue, Value>();
  readonly #readers: ReadonlyMap<LayerValue, number>;

  /**
   * @param training whether layers are to do what they do in training.
   * @param weightState the state that a layer's variable is read from.
   */
  constructor(
    readonly training: boolean,
    calls: readonly LayerCall[],
    outputs: readonly LayerValue[],
    readonly weightState: (variable: Variable) => State = stateOf,
  ) {
    const readers = new Map<LayerValue, number>();
    for (const value of [...calls.flatMap((call) => call.inputs), ...outputs]) {
      readers.set(value, (readers.get(value) ?? 0) + 1);
    }
    this.#readers = readers;
  }

  set(output: LayerValue, step: PendingValue): void {
    this.#steps.set(output, step);
  }

  /** What the layer before gives; it can still take something in where nobody else reads it. */
  step(read: LayerValue): PendingValue {
    const step = this.#steps.get(read);
    if (step && this.#readers.get(read) === 1 && !this.#values.has(read)) return step;
    const value = this.value(read);
    return { emit: () => value };
  }

  /** What the layer before gives, put into the program. */
  value(read: LayerValue): Value {
    let value = this.#values.get(read);
    if (!value) {
      value = this.#steps.get(read)!.emit();
      this.#values.set(read, value);
    }
    return value;
  }

  weight(weight: LayerWeight): Value {
    return this.program.read(this.weightState(weight.read() as Variable));
  }

  /** The same number for each channel. */
  channels(number: number, count: number): Value {
    return constant(this.program, [], { values: new Array(count).fill(number), sizes: [count] });
  }

  /** An array of random numbers. Each step gives them, so that a seed means the same on every backend. */
  noise(sizes: Sizes, draw: DropoutMask['draw']): Value {
    const mask = input(this.program, [], { name: `dropout_${this.dropouts.length}`, sizes });
    this.dropouts.push({ mask, draw });
    return mask;
  }
}
