import { batchDependents, dependents } from '../dependencies';
import type { Operation, Value } from '../ir';
import { Program } from '../ir';
import { castKind } from '../operations/cast';

/**
 * Rewrites a forward pass so that its convolutions and matrix products are computed in bfloat16. The operations between
 * them stay in bfloat16 too, if their kind allows it.
 *
 * All other readers get float32: values that are computed in bfloat16 are cast for them. Weights, values computed from
 * weights alone (folded kernels and shifts), pooled features, scores and losses therefore stay float32. Gradients are
 * added after this pass: the gradient of a bfloat16 operation is computed in bfloat16 and cast for a float32 weight.
 *
 * @param outputs the values that are read from outside of the program; they stay float32.
 */
export function inBfloat16(before: Program, outputs: readonly Value[]): Program {
  const { operations } = before;
  const program = new Program(before);
  const ofBatch = batchDependents(operations);
  const products = operations.filter(({ kind }) => kind.bfloat16?.as === 'product');
  // The bfloat16 forms of values: made by a cast, or computed by an operation.
  const cast = new Map<Value, Value>();
  const computed = new Map<Value, Value>();
  /** The values computed in bfloat16 that have been cast back to float32 already. */
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
    // A dense layer whose result reaches no other product computes the logits, which stay float32.
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

  /** The value in float32. If only its bfloat16 form is computed, a cast back is added. */
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
