import { LabelValueError } from '../errors';
import { allBinary } from './all-binary';
import { nameCell } from './name-cell';

/** Labels as bytes, all 0 or 1; a `Uint8Array` passes uncopied. */
export function checkTruth(
  metric: string,
  data: ArrayLike<number>,
  columns: number,
  labels: readonly string[] | undefined,
): Uint8Array {
  const index = data instanceof Uint8Array && allBinary(data) ? -1 : firstNotBinary(data);
  if (index >= 0) {
    throw new LabelValueError(
      `${metric}: expected labels 0 or 1; received ${nameCell(data, index, columns, labels)}. ` +
        'Convert other codings, such as −1/1 or booleans, first.',
    );
  }
  return data instanceof Uint8Array ? data : Uint8Array.from(data);
}

function firstNotBinary(data: ArrayLike<number>): number {
  for (let index = 0; index < data.length; index++) {
    if (data[index] !== 0 && data[index] !== 1) return index;
  }
  return -1;
}
