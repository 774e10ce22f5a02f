import { precisionScore, recallScore, rocAucScore } from '@thawjs/metrics';

/** Scores or labels of a set, row-major, with their shape. */
export interface Matrix<Data extends ArrayLike<number> = ArrayLike<number>> {
  readonly data: Data;
  readonly shape: readonly [rows: number, columns: number];
}

/** A number from 0/1 labels and probabilities, computed at the end of an epoch over all its images. */
export type Metric = (yTrue: Matrix<Uint8Array>, yScore: Matrix<Float32Array>) => number;

/**
 * What a run records unless told otherwise: exact macro ROC AUC over the classes that have both kinds of label in
 * the set, and micro-averaged precision and recall at probability ½, as in the history of Keras' `Precision` and
 * `Recall`. Of the training set they come from the probabilities that training itself saw, dropout and all, as in
 * Keras.
 */
export const defaultMetrics: Readonly<Record<string, Metric>> = {
  auc: (yTrue, yScore) => rocAucScore(yTrue, yScore, { average: 'macro', undefined: 'skip' }),
  precision: (yTrue, yScore) => precisionScore(yTrue, yScore, { average: 'micro' }),
  recall: (yTrue, yScore) => recallScore(yTrue, yScore, { average: 'micro' }),
};
