import { ScoreValueError } from '../errors';
import { allFinite } from './all-finite';
import { nameCell } from './name-cell';

/** Scores as floats, all finite; a `Float32Array` or `Float64Array` passes uncopied. */
export function checkScores(
  metric: string,
  data: ArrayLike<number>,
  columns: number,
  labels: readonly string[] | undefined,
): Float32Array | Float64Array {
  const typed = data instanceof Float32Array || data instanceof Float64Array;
  const index = typed && allFinite(data) ? -1 : firstNotFinite(data);
  if (index >= 0) {
    throw new ScoreValueError(
      `${metric}: expected finite scores; received ${nameCell(data, index, columns, labels)}. ` +
        'Did training diverge, or a logarithm meet 0?',
    );
  }
  return typed ? data : Float64Array.from(data);
}

function firstNotFinite(data: ArrayLike<number>): number {
  for (let index = 0; index < data.length; index++) if (!Number.isFinite(data[index])) return index;
  return -1;
}
