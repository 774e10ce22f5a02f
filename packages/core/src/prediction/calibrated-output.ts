import { withLogits } from '../model/logits';
import type { Program, Value } from '../program/ir';
import { constant } from '../program/operations/sources';
import { opsOf } from '../program/ops';
import type { Calibration } from './calibration';

/** A network's calibrated probabilities, as operations of its program: what `probabilitiesOf` computes in JavaScript. */
export function calibratedOutput(
  program: Program,
  output: Value,
  { slopes, intercepts }: Calibration,
): Value {
  const ops = opsOf(program);
  const row = (values: readonly number[]) => constant(program, [], { values, sizes: [1, values.length] });
  const { logits } = withLogits(program, output);
  return ops.sigmoid(ops.add(ops.mul(logits, row(slopes)), row(intercepts)));
}
