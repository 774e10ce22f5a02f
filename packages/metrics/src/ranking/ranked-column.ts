import type { CheckedInputs } from '../input/check-inputs';
import { sortOrder } from './sort-order';

/** The known rows of a column with their scores ascending: all that an area needs of them, however often each row is drawn. */
export interface RankedColumn {
  readonly rows: Uint32Array;
  /** 0/1. */
  readonly labels: Uint8Array;
  /** 1 where a score is the last of those that share it. */
  readonly ends: Uint8Array;
}

/** @param perRow cells a row: 1, or the classes where all pairs are one column */
export function rankColumn(
  { rows, columns, truth, scores, known }: CheckedInputs,
  column: number,
  perRow: number,
): RankedColumn {
  const kept = new Uint32Array(rows);
  let count = 0;
  for (let cell = column; cell < rows * columns; cell += columns)
    if (known?.[cell] !== 0) kept[count++] = cell;
  const own = scores instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  for (let at = 0; at < count; at++) own[at] = scores[kept[at]!]!;
  const order = sortOrder(own);
  const labels = new Uint8Array(count);
  const ends = new Uint8Array(count);
  for (let at = 0; at < count; at++) {
    labels[at] = truth[kept[order[at]!]!]!;
    ends[at] = Number(at + 1 === count || own[order[at + 1]!] !== own[order[at]!]);
  }
  return { rows: order.map((rank) => Math.floor(kept[rank]! / columns / perRow)), labels, ends };
}
