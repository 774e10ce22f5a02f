import type { CheckedInputs } from '../input/check-inputs';
import { OrderRoom, sortOrder } from './sort-order';

/**
 * The known rows of a column with their scores ascending. An area follows from them for any number of draws
 * of each row.
 */
export interface RankedColumn {
  readonly rows: Uint32Array;
  /** 0/1. */
  readonly labels: Uint8Array;
  /** 1 for the last row of each distinct score, else 0. */
  readonly ends: Uint8Array;
}

/** Memory that {@link rankColumn} works in. The next column overwrites the results of the previous one. */
export class RankRoom {
  readonly cells: Uint32Array;
  readonly scores: Float32Array | Float64Array;
  readonly order: OrderRoom;
  readonly ranked: RankedColumn;

  constructor({ rows, scores }: CheckedInputs) {
    const single = scores instanceof Float32Array;
    this.cells = new Uint32Array(rows);
    this.scores = single ? new Float32Array(rows) : new Float64Array(rows);
    this.order = new OrderRoom(rows, single ? 32 : 64);
    this.ranked = { rows: new Uint32Array(rows), labels: new Uint8Array(rows), ends: new Uint8Array(rows) };
  }
}

/**
 * @param perRow cells per row: 1, or the number of classes if all pairs are one column
 * @returns views into the room
 */
export function rankColumn(
  inputs: CheckedInputs,
  column: number,
  perRow: number,
  room = new RankRoom(inputs),
): RankedColumn {
  const { rows, columns, truth, scores, known } = inputs;
  const { cells } = room;
  let count = 0;
  for (let cell = column; cell < rows * columns; cell += columns)
    if (known?.[cell] !== 0) cells[count++] = cell;
  const own = room.scores.subarray(0, count);
  for (let at = 0; at < count; at++) own[at] = scores[cells[at]];
  const order = sortOrder(own, room.order);
  const { rows: rankedRows, labels, ends } = room.ranked;
  for (let at = 0; at < count; at++) {
    const cell = cells[order[at]];
    rankedRows[at] = Math.floor(cell / columns / perRow);
    labels[at] = truth[cell];
    ends[at] = Number(at + 1 === count || own[order[at + 1]] !== own[order[at]]);
  }
  return {
    rows: rankedRows.subarray(0, count),
    labels: labels.subarray(0, count),
    ends: ends.subarray(0, count),
  };
}
