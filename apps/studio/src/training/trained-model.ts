import type { HistoryRow } from '@thawjs/core';
import type { LabelId } from '../project/project';
import type { TrainingChoice } from './training-request';

/** A trained model, and its scores on the training and validation images. Stored in the browser's database. */
export interface TrainedModel {
  readonly choice: TrainingChoice;
  readonly labels: readonly { readonly id: LabelId; readonly name: string }[];
  readonly history: readonly HistoryRow[];
  readonly images: readonly { readonly id: string; readonly part: 'train' | 'validation' }[];
  /** The probabilities, images × labels, row-major. */
  readonly scores: Float32Array;
  /** Per label, the probability from which the label counts as predicted. */
  readonly thresholds: readonly number[];
  /** The mean AUC over the labels on the validation images; NaN if undefined. */
  readonly auc: number;
  /** The notes of the training. */
  readonly notes: readonly string[];
  readonly seconds: number;
  /** Milliseconds since 1970. */
  readonly finishedAt: number;
}

/** The model's probability for a label of an image, by their indices. */
export function scoreOf({ scores, labels }: TrainedModel, image: number, label: number): number {
  return scores[image * labels.length + label] ?? Number.NaN;
}
