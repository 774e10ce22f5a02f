import { batchDependents, dependents } from '../dependencies';
import type { Operation, Value } from '../ir';
import { Program } from '../ir';

/**
 * A forward pass and its gradients, made over so that what is made of weights alone, folded kernels above all, isn't there
 * before it is read, and is made a second time for the gradients: TensorFlow would else fold all kernels at the start of a
 * step and keep a second copy of the weights throughout.
 *
 * @param forward how many of the operations are the forward pass; the others are gradients. Their values stay what they are.
 * @param learning the weights that change: what is made of others alone is made once, and kept.
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

  /** Has a folded value made after another one, with the folded values that it is made of. */
  function delay(value: Value, after: Value): void {
    const fold = folded.get(value);
    if (!fold || readAfter.has(value)) return;
    readAfter.set(value, after);
    for (const input of fold.inputs) delay(input, after);
  }

  /** A delayed value, made a second time for the gradients. One in bfloat16 is half as large, and kept. */
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
