import { dependents } from './dependents';
import type { Operation } from './operation';
import { inputKind } from './operations/input';
import type { Value } from './value';

/** The values that a batch changes: its own, and all that is made of them. What is made of weights alone isn't among them. */
export function batchDependents(operations: readonly Operation[]): Set<Value> {
  const inputs = operations.filter(({ kind, outputs }) => kind === inputKind && outputs[0].sizes[0] === null);
  return dependents(
    operations,
    inputs.flatMap(({ outputs }) => outputs),
  );
}
