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
export function foldLate({ operations }: Program, forward: number, learning: readonly Value[]): Program {
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
  for (const operation of ahead) {
    const activation = operation.inputs.find((input) => moving.has(input));
    for (const input of operation.inputs) {
      if (activation && folded.has(input) && !readAfter.has(input)) readAfter.set(input, activation);
    }
  }
  const program = new Program();
  for (const operation of ahead) {
    const after = readAfter.get(operation.outputs[0]);
    program.operations.push(after ? { ...operation, after } : operation);
  }
  const copies = new Map<Value, Value>();
  const made = new Set(ahead.flatMap(({ outputs }) => outputs));
  for (const operation of operations.slice(forward)) {
    const after = operation.inputs.find((input) => !made.has(input));
    for (const input of operation.inputs) {
      const fold = readAfter.has(input) && !copies.has(input) && folded.get(input);
      if (fold) copies.set(input, program.add(fold.kind, fold.inputs, fold.attributes, after)[0]);
    }
    const reads = operation.inputs.map((input) => copies.get(input) ?? input);
    program.operations.push({ ...operation, inputs: reads });
  }
  return program;
}
