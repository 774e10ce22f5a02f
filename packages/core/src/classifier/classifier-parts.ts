import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessing, Stage } from '../backbones/backbone';

/** What a Classifier is made of; `classifier()` and `load()` make it. */
export interface ClassifierParts {
  /** Preprocessed image → probabilities. */
  readonly model: LayersModel;
  readonly backboneName: string;
  readonly preprocessing: Preprocessing;
  readonly stages: readonly Stage[];
  readonly labels: readonly string[];
  /** The layer whose output is the head's input. */
  readonly featureLayer: string;
  /** The layers of the head, in order. */
  readonly headLayers: readonly string[];
  readonly thresholds: readonly number[];
}
