/** One bin of a {@link ClassCalibration}. */
export interface CalibrationBin {
  /** Scores of the bin are above `lower` (the first bin's: `lower` included) up to and including `upper`. */
  readonly lower: number;
  readonly upper: number;
  /** Rows whose score falls in, or the sum of their weights. */
  readonly count: number;
  /** Their mean score; NaN in an empty bin. */
  readonly meanScore: number;
  /** The share of them that is positive; NaN in an empty bin. */
  readonly positiveShare: number;
}

/** How well the probabilities of one class are calibrated. */
export interface ClassCalibration {
  readonly bins: readonly CalibrationBin[];
  /** The mean of |positiveShare − meanScore| over the rows' bins. */
  readonly expectedCalibrationError: number;
  /** The largest |positiveShare − meanScore| of a bin. */
  readonly maximumCalibrationError: number;
}

/** Both errors of filled bins; NaN where all are empty. */
export function calibrationOf(bins: readonly CalibrationBin[]): ClassCalibration {
  let [rows, sum, largest] = [0, 0, 0];
  for (const { count, meanScore, positiveShare } of bins) {
    if (count === 0) continue;
    const gap = Math.abs(positiveShare - meanScore);
    rows += count;
    sum += count * gap;
    largest = Math.max(largest, gap);
  }
  return {
    bins,
    expectedCalibrationError: sum / rows,
    maximumCalibrationError: rows === 0 ? Number.NaN : largest,
  };
}
