import type { CheckedInputs } from '../input/check-inputs';
import { type CalibrationBin, type ClassCalibration, calibrationOf } from './class-calibration';
import { addExactly, type ExactSum, roundExactly } from './exact-sum';

/** The contents of the bins, those of the first class first. */
export interface BinnedScores {
  /** The number of rows, or the sum of their weights. */
  readonly counts: Float64Array;
  readonly positives: Float64Array;
  /** Sums of the scores without rounding, so that their order doesn't matter. */
  readonly sums: readonly ExactSum[];
}

export function emptyBins(classes: number, bins: number): BinnedScores {
  return {
    counts: new Float64Array(classes * bins),
    positives: new Float64Array(classes * bins),
    sums: Array.from({ length: classes * bins }, () => []),
  };
}

/** Adds probabilities to the bins of their class. */
export function binScores(
  { rows, columns, truth, scores, known, weights }: CheckedInputs,
  { counts, positives, sums }: BinnedScores,
  bins: number,
  binOf: (score: number, column: number) => number,
): void {
  for (let row = 0, index = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    for (let column = 0; column < columns; column++, index++) {
      if (known?.[index] === 0) continue;
      const at = column * bins + binOf(scores[index], column);
      counts[at] += weight;
      positives[at] += weight * truth[index];
      addExactly(sums[at], weight * scores[index]);
    }
  }
}

/** The calibration of one class. @param edges ascending, one more than there are bins */
export function calibrationOfBins(
  { counts, positives, sums }: BinnedScores,
  column: number,
  edges: ArrayLike<number>,
): ClassCalibration {
  const bins = edges.length - 1;
  const filled = Array.from({ length: bins }, (_, bin): CalibrationBin => {
    const at = column * bins + bin;
    const count = counts[at];
    return {
      lower: edges[bin],
      upper: edges[bin + 1],
      count,
      meanScore: roundExactly(sums[at]) / count,
      positiveShare: positives[at] / count,
    };
  });
  return calibrationOf(filled);
}
