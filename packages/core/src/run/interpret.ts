import * as tf from '@tensorflow/tfjs-core';
import { operationsBehind, operationsFor, settledValues, writtenStates } from '../program/dependencies';
import { type Entry, type Operation, type State, stateRead, type Value } from '../program/ir';
import { inputKind } from '../program/operations/sources';
import { guardKind } from '../program/operations/updates';
import { nativeBackend } from '../tfjs-internals/native-backend';
import { type Entries, NotFiniteError, type PreparedProgram } from './prepared-program';
import { eagerWriter } from './tensorflow/eager-writer';

/** Is called after each operation with its wall time in milliseconds. */
export type Observer = (operation: Operation, ms: number) => void;

/**
 * Prepares the entries of a program to be run operation by operation, on the backend in use.
 *
 * Each array is freed after its last reader. Settled values are computed in the first run and kept. They are computed
 * again if a model variable that they depend on was written to.
 */
export function interpreted(entries: Entries, observe?: Observer): PreparedProgram {
  const changing = writtenStates(Object.values(entries));
  const own = new OwnStates();
  const runs = new Map(
    Object.entries(entries).map(([name, entry]) => [name, new EntryRun(entry, changing, { own, observe })]),
  );
  return {
    run: (entry, inputs) => runs.get(entry)!.run(inputs),
    apart: [],
    ownStates: [...changing].filter(({ variable }) => !variable),
    read: async (states) => states.map((state) => tf.clone(own.get(state))),
    write(values) {
      for (const [state, value] of values) own.set(state, tf.clone(value));
    },
    dispose() {
      for (const run of runs.values()) run.forget();
      own.dispose();
    },
  };
}

/**
 * Runs an entry once, synchronously. Its program may have no guard. The caller disposes the outputs.
 *
 * @param options.own the own states; by default new ones, which are disposed afterwards.
 * @param options.portable whether to compute with TensorFlow.js' operations only, so that TensorFlow.js can differentiate.
 */
export function runAtOnce(
  entry: Entry,
  inputs: ReadonlyMap<Value, tf.Tensor>,
  { own, portable = false }: { readonly own?: OwnStates; readonly portable?: boolean } = {},
): tf.Tensor[] {
  const values = own ?? new OwnStates();
  const run = new EntryRun(entry, writtenStates([entry]), { own: values, portable });
  try {
    const { value, done } = run.guarded(inputs).next();
    if (!done) throw new Error('program: expected no guard in what is run at once.');
    return value;
  } finally {
    run.forget();
    if (!own) values.dispose();
  }
}

/** The values of own states: states that aren't model variables. */
export class OwnStates {
  readonly #values = new Map<State, tf.Tensor>();

  get(state: State): tf.Tensor {
    let value = this.#values.get(state);
    if (!value) {
      value = tf.keep(firstValue(state));
      this.#values.set(state, value);
    }
    return value;
  }

  /** Sets a state's value. The tensor belongs to this object from now on. */
  set(state: State, value: tf.Tensor): void {
    this.#values.get(state)?.dispose();
    this.#values.set(state, tf.keep(value));
  }

  /** Disposes a state's value. The state begins with its first value again when it is next read. */
  forget(state: State): void {
    this.#values.get(state)?.dispose();
    this.#values.delete(state);
  }

  dispose(): void {
    for (const value of this.#values.values()) value.dispose();
    this.#values.clear();
  }
}

/** The first value of an own state. */
function firstValue({ sizes, initial = 0 }: State): tf.Tensor {
  if (typeof initial === 'number') return tf.fill([...sizes], initial);
  return initial.variable ? tf.clone(initial.variable) : firstValue(initial);
}

interface RunOptions {
  readonly own: OwnStates;
  readonly observe?: Observer;
  readonly portable?: boolean;
}

/** One entry, with its settled values between runs. */
class EntryRun {
  readonly #outputs: readonly Value[];
  readonly #once: readonly Operation[];
  readonly #everyTime: readonly Operation[];
  readonly #kept: readonly Value[];
  readonly #frozen: readonly tf.Variable[];
  #constants: Map<Value, tf.Tensor> | undefined;
  #seen: readonly object[] = [];

  constructor(
    entry: Entry,
    changing: ReadonlySet<State>,
    readonly options: RunOptions,
  ) {
    const operations = operationsFor(entry);
    const settled = settledValues(operations, changing);
    const isSettled = ({ outputs }: Operation) => outputs.length > 0 && settled.has(outputs[0]);
    this.#outputs = entry.outputs;
    this.#once = operations.filter(isSettled);
    this.#everyTime = operations.filter((operation) => !isSettled(operation));
    this.#frozen = this.#once.flatMap((operation) => stateRead(operation)?.variable ?? []);
    const read = [...this.#everyTime.flatMap(({ inputs }) => inputs), ...entry.outputs];
    this.#kept = [...new Set(read)].filter((value) => settled.has(value));
  }

  async run(inputs: ReadonlyMap<Value, tf.Tensor>): Promise<tf.Tensor[]> {
    const computation = this.guarded(inputs);
    let next = computation.next();
    while (!next.done) {
      const [sum] = await next.value.data();
      if (Number.isFinite(sum)) next = computation.next();
      else computation.throw(new NotFiniteError('program: a number of the run is not finite.'));
    }
    return next.value;
  }

  /** Computes the outputs. Yields each guard's sum; the caller resumes if the sum is finite, and throws if it isn't. */
  *guarded(inputs: ReadonlyMap<Value, tf.Tensor>): Generator<tf.Tensor, tf.Tensor[]> {
    const now = this.#frozen.map(({ dataId }) => dataId);
    if (now.some((dataId, i) => dataId !== this.#seen[i])) this.forget();
    if (!this.#constants) {
      this.#seen = now;
      const computed = yield* compute(this.#once, this.#kept, new Map(), 1, {
        ...this.options,
        observe: undefined,
      });
      this.#constants = new Map(this.#kept.map((value, i) => [value, tf.keep(computed[i])]));
    }
    const given = new Map([...this.#constants, ...inputs]);
    const batch = inputs.values().next().value?.shape[0] ?? 1;
    return yield* compute(this.#everyTime, this.#outputs, given, batch, this.options);
  }

  forget(): void {
    for (const tensor of this.#constants?.values() ?? []) tensor.dispose();
    this.#constants = undefined;
  }
}

/** Computes the fetched values. The given tensors are not disposed. */
function* compute(
  operations: readonly Operation[],
  fetched: readonly Value[],
  given: ReadonlyMap<Value, tf.Tensor>,
  batch: number,
  { own, observe, portable }: RunOptions,
): Generator<tf.Tensor, tf.Tensor[]> {
  const backend = portable ? undefined : nativeBackend();
  const writer = backend && eagerWriter(backend, batch);
  const needed = neededFor(operations, fetched, given);
  const reads = new Map<Value, number>();
  for (const value of [...needed.flatMap(({ inputs }) => inputs), ...fetched]) {
    reads.set(value, (reads.get(value) ?? 0) + 1);
  }
  const made = new Map<Value, tf.Tensor>();
  const read = (value: Value) => given.get(value) ?? made.get(value)!;
  const release = (value: Value) => {
    const left = reads.get(value)! - 1;
    reads.set(value, left);
    if (left > 0) return;
    made.get(value)?.dispose();
    made.delete(value);
  };
  try {
    for (const operation of needed) {
      const { kind, inputs, attributes, outputs, writes } = operation;
      const tensors = inputs.map(read);
      const started = observe && performance.now();
      const state = stateRead(operation);
      const results = state
        ? [tf.clone(state.variable ?? own.get(state))]
        : kind.write && writer
          ? tf.tidy(() => [...kind.write!(writer, tensors, attributes, operation)])
          : kind.run(tensors, attributes, operation);
      if (kind === (guardKind as typeof kind)) yield results[0];
      for (const [i, { variable }] of writes?.entries() ?? []) {
        if (variable) variable.assign(results[i]);
        else own.set(writes![i], tf.clone(results[i]));
      }
      for (const [i, output] of outputs.entries()) {
        if (reads.has(output)) made.set(output, tf.keep(results[i]));
        else results[i].dispose();
      }
      if (started !== undefined) observe!(operation, performance.now() - started);
      for (const input of inputs) release(input);
    }
    return fetched.map((value) => tf.clone(read(value)));
  } finally {
    for (const tensor of made.values()) tensor.dispose();
  }
}

/** The operations that still have to run if some values are given: operations that only given values need are left out. */
function neededFor(
  operations: readonly Operation[],
  fetched: readonly Value[],
  given: ReadonlyMap<Value, tf.Tensor>,
): readonly Operation[] {
  const isGiven = ({ outputs }: Operation) =>
    outputs.length > 0 && outputs.every((value) => given.has(value));
  if (!operations.some((operation) => operation.kind !== inputKind && isGiven(operation))) {
    return operations.filter((operation) => !isGiven(operation));
  }
  return operationsBehind(operations, fetched, ({ writes }) => writes !== undefined, isGiven);
}
