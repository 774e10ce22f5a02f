import { type Entry, type Operation, type State, stateRead, type Value } from './ir';
import { inputKind } from './operations/sources';

/** The given values, and every value that is computed from one of them. */
export function dependents(operations: readonly Operation[], values: Iterable<Value>): Set<Value> {
  const moving = new Set(values);
  for (const { inputs, outputs } of operations) {
    if (inputs.some((input) => moving.has(input))) for (const output of outputs) moving.add(output);
  }
  return moving;
}

/**
 * The values that depend on the batch: inputs whose first size is the number of images, and every value computed from
 * one. Values computed from weights alone are not included.
 */
export function batchDependents(operations: readonly Operation[]): Set<Value> {
  const inputs = operations.filter(({ kind, outputs }) => kind === inputKind && outputs[0].sizes[0] === null);
  return dependents(
    operations,
    inputs.flatMap(({ outputs }) => outputs),
  );
}

/**
 * The settled values: they are the same in every run, because they depend on no input, not on the number of images, and
 * on no state that changes and no own state. The folded kernel of a frozen convolution is one. A way of running computes
 * settled values once and keeps them.
 *
 * @param operations the operations of an entry, each after the operations whose outputs it reads.
 * @param changing the states that some entry updates.
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
      (state !== undefined && (!state.variable || changing.has(state)))
    );
  });
  const moving = dependents(
    operations,
    sources.flatMap(({ outputs }) => outputs),
  );
  return new Set(operations.flatMap(({ outputs }) => outputs).filter((value) => !moving.has(value)));
}

/** The operations that a run of an entry computes: its updates, and all that updates and outputs depend on, in order. */
export function operationsFor({ program, outputs, updates = [] }: Entry): Operation[] {
  const made = new Set(updates);
  return operationsBehind(program.operations, outputs, (operation) => made.has(operation));
}

/**
 * The operations that some values and some operations need, in order.
 *
 * @param isAsked the operations that are asked for themselves.
 * @param isGiven the operations whose outputs are there already; neither they nor what only they need is listed.
 */
export function operationsBehind(
  operations: readonly Operation[],
  values: Iterable<Value>,
  isAsked: (operation: Operation) => boolean,
  isGiven: (operation: Operation) => boolean = () => false,
): Operation[] {
  const needed = new Set<Value>(values);
  return [...operations]
    .reverse()
    .filter((operation) => {
      const { inputs, outputs, after } = operation;
      if (isGiven(operation)) return false;
      if (!isAsked(operation) && !outputs.some((output) => needed.has(output))) return false;
      for (const value of after ? [...inputs, after] : inputs) needed.add(value);
      return true;
    })
    .reverse();
}

/** The states that the updates of some entries write. */
export function writtenStates(entries: Iterable<Entry>): Set<State> {
  return new Set([...entries].flatMap(({ updates = [] }) => updates.flatMap(({ writes = [] }) => writes)));
}
