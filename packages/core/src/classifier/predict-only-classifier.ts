import type { Preprocessing } from '../backbones/backbone';
import type { StoredNetwork } from '../model/stored-network';
import type { ClassifierParts, PredictableParts } from '../prediction/classifier-parts';
import { inputSize } from '../prediction/input-size';
import { PredictingMethods } from './predicting-methods';

/** The parts of a PredictOnlyClassifier. */
export type PredictOnlyParts = Pick<
  ClassifierParts,
  'labels' | 'thresholds' | 'preprocessing' | 'calibration'
> & {
  readonly model: StoredNetwork;
};

/**
 * A classifier that predicts, and does nothing else: `load` of `@thawjs/core/predict` makes it, without TensorFlow.js' layers.
 * `predict`, `classify`, `evaluate` and `tune` of `@thawjs/core` take it. A Classifier, which `load` of `@thawjs/core` makes, can
 * also be trained, changed, saved and exported.
 */
export class PredictOnlyClassifier extends PredictingMethods implements PredictableParts {
  readonly model: StoredNetwork;
  readonly preprocessing: Preprocessing;

  /** @internal Made by `load` of `@thawjs/core/predict`. */
  constructor(parts: PredictOnlyParts) {
    super(parts);
    this.model = parts.model;
    this.preprocessing = parts.preprocessing;
  }

  /** Height and width of the network's input images. */
  get inputSize(): readonly [height: number, width: number] {
    return inputSize(this.model);
  }

  /** Frees the weights. */
  dispose(): void {
    this.model.dispose();
  }
}
