import type * as tf from '@tensorflow/tfjs-core';
import { type Evaluation, evaluate } from '../evaluation/evaluate';
import type { EvaluateOptions } from '../evaluation/evaluate-options';
import { type Tunable, type Tuning, tune } from '../evaluation/tune';
import type { TuneOptions } from '../evaluation/tune-options';
import type { ImageInput } from '../images/image-input';
import type { LabelledImages } from '../labelled-images';
import { type Calibration, checkedCalibration } from '../prediction/calibration';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { type Classification, classify, type ImageInputs } from '../prediction/classify';
import type { ClassifyOptions } from '../prediction/classify-options';
import type { PredictableImages } from '../prediction/network-outputs';
import { type MetricMatrix, type PredictOptions, predict } from '../prediction/predict';
import { checkedThresholds } from '../prediction/thresholds';

/** What a Classifier and an Ensemble have in common: labels, thresholds, calibration, and the methods that predict. */
export abstract class PredictorMethods {
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
   * own. Training neither uses nor changes it: tune again afterwards.
   */
  get calibration(): Calibration | undefined {
    return this.#calibration;
  }

  set calibration(value: Calibration | undefined) {
    this.#calibration = checkedCalibration(value, this.labels);
  }

  /** See `predict`. */
  predict(
    this: Tunable,
    images: PredictableImages | tf.Tensor4D,
    options?: PredictOptions,
  ): Promise<MetricMatrix<Float32Array>> {
    return predict(this, images, options);
  }

  /** See `classify`. */
  classify<Options extends ClassifyOptions = ClassifyOptions>(
    this: Tunable,
    images: ImageInputs,
    options?: Options,
  ): Promise<Classification<Options>[]>;
  classify<Options extends ClassifyOptions = ClassifyOptions>(
    this: Tunable,
    image: ImageInput,
    options?: Options,
  ): Promise<Classification<Options>>;
  classify(this: Tunable, image: ImageInput & ImageInputs, options?: ClassifyOptions): Promise<unknown> {
    return classify(this, image, options);
  }

  /** See `evaluate`. */
  evaluate(this: Tunable, test: LabelledImages, options?: EvaluateOptions): Promise<Evaluation> {
    return evaluate(this, test, options);
  }

  /** See `tune`. Of an ensemble it leaves the members as they are. */
  tune(this: Tunable, validation: LabelledImages, options?: TuneOptions): Promise<Tuning> {
    return tune(this, validation, options);
  }
}
