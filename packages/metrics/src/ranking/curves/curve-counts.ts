/**
 * What is at or above each distinct score, from the highest down: the corners of every curve (scikit-learn's
 * `confusion_matrix_at_thresholds`). Counts, or sums of sample weights.
 */
export interface CurveCounts {
  readonly scores: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
}
