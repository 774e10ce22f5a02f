import * as tf from '@tensorflow/tfjs-core';
import { operationsFor, settledValues } from '../program/dependencies';
import type { Operation, Program, Value } from '../program/ir';
import { inputKind } from '../program/operations/sources';
import { eagerWriter } from './tensorflow/eager-writer';
import { nativeBackend } from './tensorflow/native-backend';

/** Runs a program op by op, on whatever backend is in use. */
export interface ProgramRunner {
  /**
   * The fetched values. The inputs stay the caller's, and what comes back is the caller's to dispose.
   */
  run(inputs: ReadonlyMap<Value, tf.Tensor>): tf.Tensor[];
  /** Forgets what was computed once: to be called when a variable that doesn't change was written to all the same. */
  settle(): void;
  dispose(): void;
}

/**
 * Prepares a program for being run op by op: each array is freed as soon as nothing reads it any more, and what depends on
 * nothing that changes is computed in the first run and kept.
 *
 * @param changing the variables that change between runs.
 * @param observe is told how long each operation took, which slows nothing but what it does itself.
 */
export function programRunner(
  program: Program,
  fetches: readonly Value[],
  changing: ReadonlySet<tf.Variable>,
  observe?: (operation: Operation, ms: number) => void,
): ProgramRunner {
  const operations = operationsFor(program.operations, fetches);
  const settled = settledValues(operations, changing);
  const isSettled = ({ outputs }: Operation) => settled.has(outputs[0]);
  const onceOnly = operations.filter(isSettled);
  const everyTime = operations.filter((operation) => !isSettled(operation));
  const kept = [...new Set([...everyTime.flatMap(({ inputs }) => inputs), ...fetches])].filter((value) =>
    settled.has(value),
  );
  let constants: Map<Value, tf.Tensor> | undefined;

  const forget = () => {
    for (const tensor of constants?.values() ?? []) tensor.dispose();
    constants = undefined;
  };
  return {
    run(inputs) {
      if (!constants) {
        const computed = compute(onceOnly, kept, new Map(), 1);
        constants = new Map(kept.map((value, i) => [value, tf.keep(computed[i])]));
      }
      const batch = inputs.values().next().value?.shape[0] ?? 1;
      return compute(everyTime, fetches, new Map([...constants, ...inputs]), batch, observe);
    },
    settle: forget,
    dispose: forget,
  };
}

/** Computes the fetches from what is given, which it leaves alone. */
function compute(
  operations: readonly Operation[],
  fetches: readonly Value[],
  given: ReadonlyMap<Value, tf.Tensor>,
  batch: number,
  observe?: (operation: Operation, ms: number) => void,
): tf.Tensor[] {
  const backend = nativeBackend();
  const writer = backend && eagerWriter(backend, batch);
  const reads = new Map<Value, number>();
  for (const value of [...operations.flatMap(({ inputs }) => inputs), ...fetches]) {
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
    for (const operation of operations) {
      const { kind, inputs, attributes, outputs } = operation;
      if (kind === inputKind && given.has(outputs[0])) continue;
      const tensors = inputs.map(read);
      const started = observe && performance.now();
      const eager = kind.write && writer;
      const results = eager
        ? tf.tidy(() => [...kind.write!(writer, tensors, attributes, operation)])
        : kind.run(tensors, attributes, operation);
      for (const [i, output] of outputs.entries()) {
        if (reads.has(output)) made.set(output, tf.keep(results[i]));
        else results[i].dispose();
      }
      if (started !== undefined) observe!(operation, performance.now() - started);
      for (const input of inputs) release(input);
    }
    return fetches.map((value) => tf.clone(read(value)));
  } finally {
    for (const tensor of made.values()) tensor.dispose();
  }
}
