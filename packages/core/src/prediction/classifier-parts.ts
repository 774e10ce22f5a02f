import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessing, Stage } from '../backbones/backbone';
import type { StoredNetwork } from '../model/stored-network';
import type { Calibration } from './calibration';

/** The parts of a Classifier. `classifier()` and `load()` make them. */
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
  /** How `predict` gets probabilities from the model's logits; undefined: the model's own probabilities. */
  readonly calibration?: Calibration | undefined;
}

/** A network with its labels, and how probabilities follow from its logits. */
export type NetworkParts = Pick<ClassifierParts, 'model' | 'preprocessing' | 'labels' | 'calibration'>;

/** Several networks with the same labels, whose calibrated logits are averaged. */
export interface EnsembleParts<Member extends PredictableParts = NetworkParts>
  extends Pick<ClassifierParts, 'labels' | 'calibration'> {
  readonly members: readonly Member[];
  /** The share of each member in the mean. The sum is 1. */
  readonly shares: readonly number[];
}

/** A network with its labels, of which only predictions are asked. `load` of `@thawjs/core/predict` gives one. */
export interface PredictableParts extends Omit<NetworkParts, 'model'> {
  readonly model: LayersModel | StoredNetwork;
}

/** A classifier or an ensemble: an object that can predict. */
export type Predictor = PredictableParts | EnsembleParts<PredictableParts>;
