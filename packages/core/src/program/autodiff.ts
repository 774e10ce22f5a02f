import { dependents } from './dependencies';
import type { Program, Value } from './ir';
import { add } from './operations/sum';

/**
 * Adds the operations to a program that compute the gradient of a scalar with respect to some values (reverse-mode
 * differentiation). Only operations between those values and the scalar are visited: frozen layers below the first
 * value cost nothing.
 *
 * @param seed the gradient of the scalar itself, usually a constant 1.
 * @returns the gradient per value. A value that the scalar doesn't depend on has no entry.
 */
export function gradients(
  program: Program,
  scalar: Value,
  seed: Value,
  values: readonly Value[],
): Map<Value, Value> {
  const operations = [...program.operations];
  const moving = dependents(operations, values);
  const parts = new Map<Value, Value[]>([[scalar, [seed]]]);
  const found = new Map<Value, Value>();
  for (const operation of operations.reverse()) {
    const { kind, inputs, outputs } = operation;
    const ofOutputs = outputs.map((output) => total(program, parts.get(output)));
    for (const [i, output] of outputs.entries()) {
      if (ofOutputs[i]) found.set(output, ofOutputs[i]);
      parts.delete(output);
    }
    const wanted = inputs.map((input) => moving.has(input));
    if (!kind.gradient || !ofOutputs.some(Boolean) || !wanted.some(Boolean)) continue;
    const ofInputs = kind.gradient(program, operation, ofOutputs, wanted);
    for (const [i, input] of inputs.entries()) {
      const gradient = ofInputs[i];
      if (!wanted[i] || !gradient) continue;
      const earlier = parts.get(input);
      if (earlier) earlier.push(gradient);
      else parts.set(input, [gradient]);
    }
  }
  return new Map(values.flatMap((value) => (found.has(value) ? [[value, found.get(value)!]] : [])));
}

function total(program: Program, parts: readonly Value[] | undefined): Value | undefined {
  if (!parts || parts.length === 0) return undefined;
  return parts.length === 1 ? parts[0] : add(program, parts, {});
}
