import { batchDependents, dependents } from '../dependencies';
import type { Operation, Value } from '../ir';
import { Program } from '../ir';
import { castKind } from '../operations/cast';

/**
 * A forward pass made over so that its convolutions and products are computed in bfloat16, and what lies between them stays in it.
 *
 * The values are float32 as before: where something else reads one that is now computed in bfloat16, it is cast. So weights,
 * what is made of weights alone (folded kernels and shifts), pooled features, scores and losses stay float32. Gradients
 * are to be added afterwards: the gradient of an operation in bfloat16 is computed in bfloat16, that of a weight is cast.
 *
 * @param outputs what is read from outside.
 */
export function inBfloat16(before: Program, outputs: readonly Value[]): Program {
  const { operations } = before;
  const program = new Program(before);
  const ofBatch = batchDependents(operations);
  const products = operations.filter(({ kind }) => kind.bfloat16?.as === 'product');
  /** The bfloat16 forms of values: cast, or given by an operation. */
  const cast = new Map<Value, Value>();
  const computed = new Map<Value, Value>();
  /** Those of the latter that are there in float32, too. */
  const raisedAgain = new Set<Value>();

  for (const operation of operations) {
    if (isLowered(operation)) addLowered(operation);
    else {
      operation.inputs.forEach(raised);
      program.operations.push(operation);
    }
  }
  outputs.forEach(raised);
  return program;

  function isLowered({ kind, inputs, outputs: [output] }: Operation): boolean {
    if (!kind.bfloat16 || !ofBatch.has(output)) return false;
    if (kind.bfloat16.as === 'product' && output.sizes.length > 2) return true;
    if (!inputs.some((input) => computed.has(input))) return false;
    // A vector of a dense layer that no other product reads is the logits.
    return kind.bfloat16.as === 'follows' || readByProduct(output);
  }

  function readByProduct(value: Value): boolean {
    const reached = dependents(operations, [value]);
    return products.some(({ inputs }) => inputs.some((input) => reached.has(input)));
  }

  function addLowered(operation: Operation): void {
    const { kind, inputs, attributes } = operation;
    const count = kind.bfloat16!.inputs ?? inputs.length;
    const given = inputs.map((input, i) => (i < count ? lowered(input) : raised(input)));
    const types = kind.types?.(given, attributes);
    const outputs = operation.outputs.map((output, i): Value => {
      if (types && types[i] !== 'bfloat16') return output;
      const made: Value = { ...output, type: 'bfloat16' };
      computed.set(output, made);
      return made;
    });
    program.operations.push({ ...operation, inputs: given, outputs });
  }

  function lowered(value: Value): Value {
    let found = computed.get(value) ?? cast.get(value);
    if (!found) {
      found = program.add(castKind, [value], { type: 'bfloat16' })[0];
      cast.set(value, found);
    }
    return found;
  }

  /** The value itself, computed from its bfloat16 form if that is all that there is. */
  function raised(value: Value): Value {
    const made = computed.get(value);
    if (made && !raisedAgain.has(value)) {
      raisedAgain.add(value);
      const operation = { kind: castKind, inputs: [made], attributes: { type: 'float32' }, outputs: [value] };
      program.operations.push(operation as Operation);
    }
    return value;
  }
}
