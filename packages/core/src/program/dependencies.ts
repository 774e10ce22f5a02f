import type { Variable } from '@tensorflow/tfjs-core';
import type { Operation, Value } from './ir';
import { inputKind, variableKind } from './operations/sources';

/** The values that change when one of the given ones does, those included. */
export function dependents(operations: readonly Operation[], values: Iterable<Value>): Set<Value> {
  const moving = new Set(values);
  for (const { inputs, outputs } of operations) {
    if (inputs.some((input) => moving.has(input))) for (const output of outputs) moving.add(output);
  }
  return moving;
}

/** The values that a batch changes: its own, and all that is made of them. What is made of weights alone isn't among them. */
export function batchDependents(operations: readonly Operation[]): Set<Value> {
  const inputs = operations.filter(({ kind, outputs }) => kind === inputKind && outputs[0].sizes[0] === null);
  return dependents(
    operations,
    inputs.flatMap(({ outputs }) => outputs),
  );
}

/**
 * The values that stay the same from run to run: they depend on no input, not on how many images there are, and on
 * no variable that changes. They need be computed once: a frozen convolution's folded kernel is one.
 *
 * @param operations what a run computes, each after those that it reads.
 */
export function settledValues(
  operations: readonly Operation[],
  changing: ReadonlySet<Variable>,
): ReadonlySet<Value> {
  const sources = operations.filter(
    ({ kind, attributes, outputs }) =>
      kind === inputKind ||
      outputs.some(({ sizes }) => sizes.includes(null)) ||
      (kind === variableKind && changing.has((attributes as { variable: Variable }).variable)),
  );
  const moving = dependents(
    operations,
    sources.flatMap(({ outputs }) => outputs),
  );
  return new Set(operations.flatMap(({ outputs }) => outputs).filter((value) => !moving.has(value)));
}

/** What has to be computed for some values: every operation that they depend on, in order. */
export function operationsFor(operations: readonly Operation[], values: Iterable<Value>): Operation[] {
  const needed = new Set<Value>(values);
  return [...operations]
    .reverse()
    .filter(({ inputs, outputs }) => {
      if (!outputs.some((output) => needed.has(output))) return false;
      for (const value of inputs) needed.add(value);
      return true;
    })
    .reverse();
}
