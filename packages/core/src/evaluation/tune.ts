import type { LabelledImages } from '../labelled-images';
import type { Calibration } from '../prediction/calibration';
import { checkLabelledImages } from '../prediction/check-labelled-images';
import type { Predictor } from '../prediction/classifier-parts';
import { networkOutputs } from '../prediction/network-outputs';
import { runOptions, simplestOutput } from '../prediction/predict';
import { probabilitiesOf } from '../prediction/probabilities';
import { fitCalibration } from './fit-calibration';
import { fitLabelThresholds } from './fit-label-thresholds';
import { checkTuneOptions, type TuneOptions } from './tune-options';

/** The result of `tune`, which is also set on the classifier. */
export interface Tuning {
  readonly labels: readonly string[];
  readonly calibration: Calibration | undefined;
  readonly thresholds: readonly number[];
  /**
   * Per label, what the goal reaches on validation: F1, recall, cost per image…; NaN if nothing could be fitted. The values
   * are too good, because the thresholds were chosen on the same images.
   */
  readonly values: readonly number[];
  /** Sentences about labels that nothing, or little, could be fitted for. */
  readonly notes: readonly string[];
}

/** A classifier that `tune` can write to. */
export type Tunable = Predictor & {
  calibration?: Calibration | undefined;
  thresholds: readonly number[];
};

/**
 * Fits calibration and thresholds on validation images, and sets them on the classifier. `save` keeps them; `predict`, `classify`,
 * `evaluate` and the exports use them.
 *
 * Calibration makes probabilities mean what they say: of images with probability .8, eight in ten have the label. Its
 * slopes are above 0, so the order of images stays, and with it AUC and average precision. (Rounding to 32 bits may make
 * nearly equal scores equal.) Thresholds decide what is predicted: at ½, rare labels are often never predicted.
 *
 * Labels that validation doesn't know (`known`) count nowhere. A label without positive images gets the calibration that all
 * labels share, and threshold ½; `notes` names it. `fineTune` removes an earlier calibration together with its thresholds,
 * because they were fitted to other weights; other ways of training leave them: tune again after it.
 *
 * Sources: Platt 1999; Guo et al. 2017. Computed by `plattScaling`, `temperatureScaling` and `fitThresholds` of `@thawjs/metrics`.
 *
 * @param classifier a Classifier or an Ensemble
 * @param validation images that weren't trained on, with the classifier's labels in its order
 * @returns what was fitted
 * @throws DataMismatchError if the data set has other labels or images of another shape; OptionError if an option is misspelt or
 * out of range; PrecisionError if `'bfloat16'` isn't available. The classifier then is what it was.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { classifier, resnet50, tune } from '@thawjs/core';
 *
 * const size = 32;
 * const pixels = Uint8Array.from({ length: 4 * size * size * 3 }, (_, i) => (i * 7) % 256);
 * const y = Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0);
 * const labels = ['Smiling', 'Eyeglasses'];
 * const rows = Int32Array.of(0, 1, 2, 3);
 * const validation = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels,
 *   y,
 *   async *batches() {
 *     yield { rows, pixels, y, shape: [4, size, size, 3] as const };
 *   },
 * };
 * const model = classifier(await resnet50({ weights: null, inputSize: [size, size] }), { labels });
 * const { notes } = await tune(model, validation, { calibration: 'temperature', thresholds: { recallAtLeast: 0.9 } });
 * console.log(notes[0]); // no positive validation image, so the threshold is 0.5: Eyeglasses.
 * console.log(model.calibration?.slopes.length, model.thresholds[1]); // 2 0.5
 * ```
 */
export async function tune(
  classifier: Tunable,
  validation: LabelledImages,
  options: TuneOptions = {},
): Promise<Tuning> {
  checkTuneOptions(options);
  const { labels } = classifier;
  checkLabelledImages(labels, validation, 'tune');
  const { calibration: kind = 'platt', thresholds: goal = 'f1', ...prediction } = options;
  const output = kind === 'none' ? simplestOutput(classifier, options) : 'logits';
  const outputs = await networkOutputs(classifier, validation, { ...runOptions(prediction), output });
  const { y, known } = validation;
  const { calibration, notes } =
    kind === 'none'
      ? { calibration: undefined, notes: [] }
      : fitCalibration({ labels, y, known, logits: outputs }, kind);
  const scores = output === 'own' ? outputs : probabilitiesOf(outputs, labels.length, calibration);
  const fitted = fitLabelThresholds({ labels, y, known, scores }, goal);
  classifier.calibration = calibration;
  classifier.thresholds = fitted.thresholds;
  return {
    labels: [...labels],
    calibration,
    thresholds: fitted.thresholds,
    values: fitted.values,
    notes: [...notes, ...fitted.notes],
  };
}
