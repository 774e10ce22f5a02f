import { type Entry, type Operation, type State, stateRead, type Value } from './ir';
import { inputKind } from './operations/sources';

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
 * The values that are the same in every run: they depend on no input, not on the number of images, and on no state that
 * changes. They are computed once and kept: a frozen convolution's folded kernel is one.
 *
 * @param operations what a run computes, each after those that it reads.
 */
export function settledValues(
  operations: readonly Operation[],
  changing: ReadonlySet<State>,
): ReadonlySet<Value> {
  const sources = operations.filter((operation) => {
    const { kind, outputs, writes } = operation;
    const state = stateRead(operation);
    return (
      kind === inputKind ||
      writes !== undefined ||
      outputs.some(({ sizes }) => sizes.includes(null)) ||
      (state !== undefined && changing.has(state))
    );
  });
  const moving = dependents(
    operations,
    sources.flatMap(({ outputs }) => outputs),
  );
  return new Set(operations.flatMap(({ outputs }) => outputs).filter((value) => !moving.has(value)));
}

/** What a run of an entry has to compute: its updates, and every operation that these and its outputs need, in order. */
export function operationsFor({ program, outputs, updates = [] }: Entry): Operation[] {
  const needed = new Set<Value>(outputs);
  const made = new Set(updates);
  return [...program.operations]
    .reverse()
    .filter((operation) => {
      const { inputs, after } = operation;
      if (!made.has(operation) && !operation.outputs.some((output) => needed.has(output))) return false;
      for (const value of after ? [...inputs, after] : inputs) needed.add(value);
      return true;
    })
    .reverse();
}

/** The states that some entries write. */
export function writtenStates(entries: Iterable<Entry>): Set<State> {
  return new Set([...entries].flatMap(({ updates = [] }) => updates.flatMap(({ writes = [] }) => writes)));
}
