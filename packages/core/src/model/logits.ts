import type { Operation, Program, Value } from '../program/ir';
import { KERAS_EPSILON, type Maths } from '../program/maths';
import { activationOf } from '../program/operations/activation';
import { opsOf } from '../program/ops';

/**
 * A network's probabilities and logits. If the network ends with a sigmoid, the logits are the values before it;
 * otherwise they are computed from the probabilities.
 */
export function withLogits(
  program: Program,
  output: Value,
): { readonly logits: Value; readonly probabilities: Value } {
  const { kind, inputs, attributes } = output.operation as Operation<{ readonly activation?: string }>;
  if (attributes.activation !== 'sigmoid') {
    return { logits: logitsOf(program, output), probabilities: output };
  }
  const alone = kind.name === 'Activation';
  const [logits] = alone ? inputs : program.add(kind, inputs, { ...attributes, activation: undefined });
  return { logits, probabilities: activationOf(program, [logits], { activation: 'sigmoid' }) };
}

/** The logits of probabilities, `ln p − ln(1 − p)`. */
export function logitsOf(program: Program, probabilities: Value): Value {
  const ops = opsOf(program);
  return logitsOfClipped<Value>(ops, ops.clip(probabilities, KERAS_EPSILON, 1 - KERAS_EPSILON));
}

/** The logits of probabilities that are neither 0 nor 1. */
export function logitsOfClipped<T>(maths: Pick<Maths<T>, 'sub' | 'log'>, probabilities: T): T {
  return maths.sub(maths.log(probabilities), maths.log(maths.sub(1, probabilities)));
}
