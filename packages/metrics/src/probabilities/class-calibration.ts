/** One bin of a {@link ClassCalibration}. */
export interface CalibrationBin {
  /** The bin holds scores above `lower`, up to and including `upper`. The first bin includes `lower`, too. */
  readonly lower: number;
  readonly upper: number;
  /** The number of rows whose score is in the bin, or the sum of their weights. */
  readonly count: number;
  /** The mean score of these rows; NaN in an empty bin. */
  readonly meanScore: number;
  /** The share of positives among these rows; NaN in an empty bin. */
  readonly positiveShare: number;
}

/** How well the probabilities of one class are calibrated. */
export interface ClassCalibration {
  readonly bins: readonly CalibrationBin[];
  /** The mean of |positiveShare − meanScore| over the bins, each weighted by its count. */
  readonly expectedCalibrationError: number;
  /** The largest |positiveShare − meanScore| of a bin. */
  readonly maximumCalibrationError: number;
}

/** Both errors over the bins that aren't empty; NaN if all are empty. */
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
