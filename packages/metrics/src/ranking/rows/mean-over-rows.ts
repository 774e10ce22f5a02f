import { fillUndefined } from '../../averaging/mean-of';
import type { CheckedInputs } from '../../input/check-inputs';
import type { UndefinedPolicy } from '../../options';

/** The (weighted) mean of a measure of each row's scores. Rows without known labels are left out. */
export function meanOverRows(
  inputs: CheckedInputs,
  measure: (row: RowScores) => number,
  policy: UndefinedPolicy = 'nan',
): number {
  const { rows, columns, weights } = inputs;
  const row = {
    all: new Float64Array(columns),
    width: 0,
    positives: new Float64Array(columns + 1),
    count: 0,
  };
  const fill = inputs.known === undefined ? fillRow : fillKnown;
  let sum = 0;
  let total = 0;
  for (let at = 0; at < rows; at++) {
    const weight = weights === undefined ? 1 : weights[at];
    fill(inputs, at * columns, row);
    if (row.width === 0 || weight === 0) continue;
    const value = fillUndefined(measure(row), policy);
    if (policy === 'skip' && Number.isNaN(value)) continue;
    sum += weight * value;
    total += weight;
  }
  return fillUndefined(sum / total, policy);
}

type Buffers = { -readonly [Name in keyof RowScores]: RowScores[Name] };

function fillRow({ columns, truth, scores }: CheckedInputs, start: number, row: Buffers): void {
  const { all, positives } = row;
  let count = 0;
  for (let column = 0; column < columns; column++) {
    const score = scores[start + column];
    all[column] = score;
    positives[count] = score; // the next score overwrites this one unless the label is 1: no branch on the label
    count += truth[start + column];
  }
  row.count = count;
  row.width = columns;
}

function fillKnown({ columns, truth, scores, known }: CheckedInputs, start: number, row: Buffers): void {
  row.count = 0;
  row.width = 0;
  for (let index = start; index < start + columns; index++) {
    if (known![index] === 0) continue;
    row.all[row.width++] = scores[index];
    if (truth[index] === 1) row.positives[row.count++] = scores[index];
  }
}

/** One row's scores, in buffers that the next row overwrites. */
export interface RowScores {
  /** Scores of the row's labels, in no particular order. Only the first `width` entries are valid. */
  readonly all: Float64Array;
  readonly width: number;
  /** Scores of its positive labels, in no particular order. Only the first `count` entries are valid. */
  readonly positives: Float64Array;
  readonly count: number;
}
