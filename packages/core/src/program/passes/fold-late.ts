import { batchDependents, dependents } from '../dependencies';
import type { Operation, Value } from '../ir';
import { Program } from '../ir';

/**
 * Rewrites a forward pass and its gradients so that values computed from learning weights alone, mostly folded kernels, are
 * computed only shortly before they are read, and a second time for the gradients. Otherwise TensorFlow would fold all
 * kernels at the start of a step and keep this second copy of the weights until the end.
 *
 * @param forward the number of operations that are the forward pass; the operations after them are gradients.
 * @param learning the weights that change. Values computed from other weights alone are settled, and left as they are.
 */
export function foldLate(before: Program, forward: number, learning: readonly Value[]): Program {
  const { operations } = before;
  const ahead = operations.slice(0, forward);
  const moving = batchDependents(ahead);
  const changing = dependents(ahead, learning);
  const folded = new Map<Value, Operation>();
  for (const operation of ahead) {
    const [output] = operation.outputs;
    const isFolded = operation.inputs.length > 0 && changing.has(output) && !moving.has(output);
    if (isFolded && output.sizes.length > 1) folded.set(output, operation);
  }
  const readAfter = new Map<Value, Value>();
  for (const { inputs } of ahead) {
    const activation = inputs.find((input) => moving.has(input));
    if (activation) for (const input of inputs) delay(input, activation);
  }
  const program = new Program(before);
  for (const operation of ahead) {
    const after = readAfter.get(operation.outputs[0]);
    program.operations.push(after ? { ...operation, after } : operation);
  }
  const copies = new Map<Value, Value>();
  const made = new Set(ahead.flatMap(({ outputs }) => outputs));
  for (const operation of operations.slice(forward)) {
    const after = operation.inputs.find((input) => !made.has(input));
    const reads = operation.inputs.map((input) => again(input, after));
    program.operations.push({ ...operation, inputs: reads });
  }
  return program;

  /** Delays a folded value, and the folded values that it is computed from, until after another value. */
  function delay(value: Value, after: Value): void {
    const fold = folded.get(value);
    if (!fold || readAfter.has(value)) return;
    readAfter.set(value, after);
    for (const input of fold.inputs) delay(input, after);
  }

  /** The second computation of a delayed value, for the gradients. A bfloat16 value is half as large, and is kept instead. */
  function again(value: Value, after: Value | undefined): Value {
    const fold = readAfter.has(value) ? folded.get(value) : undefined;
    if (!fold || value.type === 'bfloat16') return value;
    let copy = copies.get(value);
    if (!copy) {
      const inputs = fold.inputs.map((input) => again(input, after));
      [copy] = program.add(fold.kind, inputs, fold.attributes, after);
      copies.set(value, copy);
    }
    return copy;
  }
}
