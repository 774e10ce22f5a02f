import { precisionScore, recallScore, rocAucScore } from '@thawjs/metrics';
import type { MetricMatrix } from '../prediction/predict';

/**
 * A metric: a number from 0/1 labels and probabilities, computed at the end of an epoch over all its images. `known` is
 * given if the data set has it, and is 0 for labels to leave out.
 */
export type Metric = (
  yTrue: MetricMatrix<Uint8Array>,
  yScore: MetricMatrix<Float32Array>,
  known?: MetricMatrix<Uint8Array>,
) => number;

/**
 * The default metrics of a run: the exact macro ROC AUC over the labels that have positive and negative images, and
 * micro-averaged precision and recall at probability ½, as Keras' `Precision` and `Recall`. For the training set they are
 * computed from the probabilities of the training steps themselves, dropout included, as in Keras.
 */
export const defaultMetrics: Readonly<Record<string, Metric>> = {
  auc: (yTrue, yScore, mask) => rocAucScore(yTrue, yScore, { average: 'macro', undefined: 'skip', mask }),
  precision: (yTrue, yScore, mask) => precisionScore(yTrue, yScore, { average: 'micro', mask }),
  recall: (yTrue, yScore, mask) => recallScore(yTrue, yScore, { average: 'micro', mask }),
};
