import type * as tf from '@tensorflow/tfjs-core';
import type { ImageInput } from '../images/image-input';
import { type Calibration, checkedCalibration } from '../prediction/calibration';
import type { ClassifierParts, Predictor } from '../prediction/classifier-parts';
import { type Classification, classify, type ImageInputs } from '../prediction/classify';
import type { ClassifyOptions } from '../prediction/classify-options';
import type { PredictableImages } from '../prediction/network-outputs';
import { type MetricMatrix, type PredictOptions, predict } from '../prediction/predict';
import { checkedThresholds } from '../prediction/thresholds';

/** The members that all predicting classes share: labels, thresholds, calibration, and the methods that predict. */
export abstract class PredictingMethods {
  readonly labels: readonly string[];
  #thresholds: readonly number[];
  #calibration: Calibration | undefined;

  constructor({
    labels,
    thresholds,
    calibration,
  }: Pick<ClassifierParts, 'labels' | 'thresholds' | 'calibration'>) {
    this.labels = [...labels];
    this.#thresholds = checkedThresholds(thresholds, labels);
    this.#calibration = checkedCalibration(calibration, labels);
  }

  /** Per label, the probability from which the label counts as predicted; ½ each by default. Saved with a classifier. */
  get thresholds(): readonly number[] {
    return this.#thresholds;
  }

  set thresholds(values: readonly number[]) {
    this.#thresholds = checkedThresholds(values, this.labels);
  }

  /**
   * How `predict` gets probabilities from logits: a classifier's own, or the mean of those of an ensemble's members. `tune`
   * fits it, and it is saved with a classifier. By default it is undefined, and a classifier's probabilities are the model's
   * own. Training doesn't use it, and `fineTune` takes it back: tune again afterwards.
   */
  get calibration(): Calibration | undefined {
    return this.#calibration;
  }

  set calibration(value: Calibration | undefined) {
    this.#calibration = checkedCalibration(value, this.labels);
  }

  /** See `predict`. */
  predict(
    this: Predictor & Pick<ClassifierParts, 'thresholds'>,
    images: PredictableImages | tf.Tensor4D,
    options?: PredictOptions,
  ): Promise<MetricMatrix<Float32Array>> {
    return predict(this, images, options);
  }

  /** See `classify`. */
  classify<Options extends ClassifyOptions = ClassifyOptions>(
    this: Predictor & Pick<ClassifierParts, 'thresholds'>,
    images: ImageInputs,
    options?: Options,
  ): Promise<Classification<Options>[]>;
  classify<Options extends ClassifyOptions = ClassifyOptions>(
    this: Predictor & Pick<ClassifierParts, 'thresholds'>,
    image: ImageInput,
    options?: Options,
  ): Promise<Classification<Options>>;
  classify(
    this: Predictor & Pick<ClassifierParts, 'thresholds'>,
    image: ImageInput & ImageInputs,
    options?: ClassifyOptions,
  ): Promise<unknown> {
    return classify(this, image, options);
  }
}
