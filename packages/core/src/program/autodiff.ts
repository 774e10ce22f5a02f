import { dependents } from './dependencies';
import type { Program, Value } from './ir';
import { add } from './operations/sum';

/**
 * Adds to a program what computes the gradient of a scalar by some of its values: reverse-mode differentiation that
 * visits only operations between them, so that nothing is spent below the first value asked for.
 *
 * @param seed the scalar's own gradient, usually a constant 1.
 * @returns the gradients by value; a value that the scalar doesn't depend on has none.
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
