import { precisionScore, recallScore, rocAucScore } from '@thawjs/metrics';

/** Scores or labels of a set, row-major, with their shape. */
export interface MetricMatrix<Data extends ArrayLike<number> = ArrayLike<number>> {
  readonly data: Data;
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * A number from 0/1 labels and probabilities, computed at the end of an epoch over all its images. `known`, where the data
 * set has it, is 0 for labels that are to be left out.
 */
export type Metric = (
  yTrue: MetricMatrix<Uint8Array>,
  yScore: MetricMatrix<Float32Array>,
  known?: MetricMatrix<Uint8Array>,
) => number;

/**
 * What a run records unless told otherwise: exact macro ROC AUC over the classes that have both kinds of label in
 * the set, and micro-averaged precision and recall at probability ½, as in the history of Keras' `Precision` and
 * `Recall`. Of the training set they come from the probabilities that training itself saw, dropout and all, as in
 * Keras.
 */
export const defaultMetrics: Readonly<Record<string, Metric>> = {
  auc: (yTrue, yScore, mask) => rocAucScore(yTrue, yScore, { average: 'macro', undefined: 'skip', mask }),
  precision: (yTrue, yScore, mask) => precisionScore(yTrue, yScore, { average: 'micro', mask }),
  recall: (yTrue, yScore, mask) => recallScore(yTrue, yScore, { average: 'micro', mask }),
};
