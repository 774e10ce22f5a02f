import { LabelShapeError, OptionValueError } from '../errors';
import type { MatrixInput } from '../matrix-input';
import { nameCell } from './name-cell';
import { readMatrix } from './read-matrix';

/** The mask as bytes, 1 where the label is known; undefined if no mask is given. */
export function checkMask(
  metric: string,
  mask: MatrixInput | undefined,
  [rows, columns]: readonly [number, number],
  labels: readonly string[] | undefined,
): Uint8Array | undefined {
  if (mask === undefined) return undefined;
  const { data, shape = [rows, data.length / rows] } = readMatrix(metric, 'mask', mask);
  if (shape[0] !== rows || shape[1] !== columns) {
    throw new LabelShapeError(
      `${metric}: expected mask of shape ${rows}×${columns}, like yTrue; received ${shape.join('×')}.`,
    );
  }
  const known = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index++) {
    const value = data[index];
    if (value !== 0 && value !== 1) {
      throw new OptionValueError(
        `${metric}: expected mask to be 1 where a label is known, else 0; received ${nameCell(data, index, columns, labels)}.`,
      );
    }
    known[index] = value;
  }
  return known;
}
