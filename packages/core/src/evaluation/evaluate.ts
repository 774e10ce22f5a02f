import { evaluateScores, type ScoreEvaluation } from '@thawjs/metrics';
import type { LabelledImages } from '../labelled-images';
import { checkLabelledImages } from '../prediction/check-labelled-images';
import type { ClassifierParts, Predictor } from '../prediction/classifier-parts';
import { predict } from '../prediction/predict';
import { checkEvaluateOptions, type EvaluateOptions } from './evaluate-options';

/** The result of `evaluate`: all metrics, and the scores and labels that they were computed from. */
export interface Evaluation extends ScoreEvaluation {
  /** The ids of the images, in the order of the rows. */
  readonly ids: readonly string[];
}

/**
 * Predicts a labelled data set and computes all numbers of the result, in one object that prints as a table.
 *
 * The object has, per label and averaged, AUC, average precision (its macro average is mAP), precision, recall, specificity, F1
 * and accuracy at the model's thresholds (`perClass`, `macro`, `micro`, `weighted`), the same at ½ (`atHalf`), calibration error,
 * log loss and Brier score, what the base rates alone reach (`baseline`), labels that are never predicted, intervals if asked
 * for, and the scores, labels and ids of the images. `String(evaluation)` is a table; `table(evaluation, options)` sorts it and
 * writes markdown and CSV; `JSON.stringify` keeps all numbers and leaves out scores and labels.
 *
 * Labels that the data set doesn't know (`known`) count nowhere. Averages are over the labels for which a metric is defined;
 * `undefinedClasses` names the others. Each number is that of the `@thawjs/metrics` function of its name.
 *
 * @param classifier a Classifier, an Ensemble, or their parts
 * @param test images that neither training nor the choice of thresholds has seen; its labels are the model's, in its order
 * @throws DataMismatchError if the data set has other labels or images of another shape; OptionError if an option is misspelt or
 * out of range; PrecisionError if `'bfloat16'` isn't available
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { classifier, evaluate, resnet50, table } from '@thawjs/core';
 *
 * const size = 32;
 * const pixels = Uint8Array.from({ length: 4 * size * size * 3 }, (_, i) => (i * 7) % 256);
 * const y = Uint8Array.of(1, 0, 0, 1, 1, 0, 0, 0);
 * const labels = ['Smiling', 'Eyeglasses'];
 * const rows = Int32Array.of(0, 1, 2, 3);
 * const test = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels,
 *   y,
 *   async *batches() {
 *     yield { rows, pixels, y, shape: [4, size, size, 3] as const };
 *   },
 * };
 * const model = classifier(await resnet50({ weights: null, inputSize: [size, size] }), { labels });
 * const evaluation = await evaluate(model, test);
 * console.log(evaluation.perClass[1].baseRate, evaluation.baseline.auc); // 0.25 0.5
 * console.log(table(evaluation, { format: 'csv' }).split('\n').length); // 3
 * ```
 */
export async function evaluate(
  classifier: Predictor & Pick<ClassifierParts, 'thresholds'>,
  test: LabelledImages,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { labels } = classifier;
  checkEvaluateOptions(options, labels.length);
  checkLabelledImages(labels, test, 'evaluate');
  const { threshold = classifier.thresholds, intervals = false, bins, ...prediction } = options;
  const shape = [test.length, labels.length] as const;
  const scores = await predict(classifier, test, prediction);
  const evaluation = evaluateScores({ data: test.y, shape }, scores, {
    labels,
    threshold,
    intervals,
    ...(bins !== undefined && { bins }),
    ...(test.known && { mask: { data: test.known, shape } }),
  });
  return Object.assign(evaluation, { ids: [...test.ids] });
}
