import { DatasetOptionError } from '../errors';
import { positiveCounts } from '../labels/positive-counts';
import { relativeDeviation } from '../labels/relative-deviation';
import { mersenneTwister } from '../random/mersenne-twister';
import { weightedChoice } from '../random/weighted-choice';
import { labelLists } from './label-lists';
import type { SubsetProgress } from './subset-options';

const MISSES = 20;

/**
 * Chooses `n` rows by random draws: the search that the project's model case was trained on, row for row.
 *
 * Each draw takes n rows without replacement, a row's weight being the sum over its labels of 1 / (positives in the best
 * draw so far + positives in the whole table + 10⁻⁶); the draw with the least relative standard deviation of positives
 * per label stays, and 20 draws in a row that are no better end the search. Random numbers and `choice` are numpy's
 * (MT19937), so that the same table gives the same rows as there. {@link balancedRows} finds far better ones.
 *
 * @returns row numbers, ascending
 * @param minLabels rows with fewer labels are not drawn; nor are those without any, which have no weight
 * @throws {DatasetOptionError} fewer than n rows can be drawn
 */
export function drawnRows(
  y: Uint8Array,
  labelCount: number,
  n: number,
  minLabels: number,
  seed: number,
  onProgress?: (progress: SubsetProgress) => void,
): Int32Array {
  const rowCount = y.length / labelCount;
  const { starts, columns } = labelLists(y, rowCount, labelCount);
  const least = Math.max(minLabels, 1);
  const drawable = Int32Array.from({ length: rowCount }, (_, row) => row).filter(
    (row) => starts[row + 1] - starts[row] >= least,
  );
  if (n > drawable.length) {
    throw new DatasetOptionError(
      `balanced: expected n of at most the ${drawable.length} rows that can be drawn; received ${n}, and ${drawable.length} rows have ${least === 1 ? 'a label' : `${least} labels`}.`,
    );
  }
  const all = positiveCounts(y, labelCount);
  const random = mersenneTwister(seed);
  let counts = new Float64Array(labelCount);
  let best: Int32Array | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (let draw = 1, misses = 0; misses < MISSES; draw++) {
    const ofLabel = counts.map((count, column) => 1 / (count + all[column] + 1e-6));
    const weights = new Float64Array(rowCount);
    for (const row of drawable) {
      for (let i = starts[row]; i < starts[row + 1]; i++) weights[row] += ofLabel[columns[i]];
    }
    const rows = weightedChoice(weights, n, random);
    const drawn = new Float64Array(labelCount);
    for (const row of rows) {
      for (let i = starts[row]; i < starts[row + 1]; i++) drawn[columns[i]]++;
    }
    const score = relativeDeviation(drawn);
    if (score < bestScore) {
      [best, bestScore, counts, misses] = [rows, score, drawn, 0];
      onProgress?.({ step: draw, score });
    } else {
      misses++;
    }
  }
  return (best ?? new Int32Array(0)).sort();
}
