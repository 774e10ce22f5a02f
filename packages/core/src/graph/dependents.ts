import type { Operation } from './operation';
import type { Value } from './value';

/** The values that change when one of the given ones does, those included. */
export function dependents(operations: readonly Operation[], values: Iterable<Value>): Set<Value> {
  const moving = new Set(values);
  for (const { inputs, outputs } of operations) {
    if (inputs.some((input) => moving.has(input))) for (const output of outputs) moving.add(output);
  }
  return moving;
}
