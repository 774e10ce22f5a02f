import type { HistoryRow } from '@thawjs/core';
import type { LabelId } from '../project/project';
import type { TrainingChoice } from './training-request';

/** A trained model, and what it says of the images that it was trained and checked with. Kept in the browser's database. */
export interface TrainedModel {
  readonly choice: TrainingChoice;
  readonly labels: readonly { readonly id: LabelId; readonly name: string }[];
  readonly history: readonly HistoryRow[];
  readonly images: readonly { readonly id: string; readonly part: 'train' | 'validation' }[];
  /** The probabilities, images × labels, row-major. */
  readonly scores: Float32Array;
  /** Per label, the probability from which the label counts as predicted. */
  readonly thresholds: readonly number[];
  /** The mean AUC over the labels on the images checked with; NaN if it isn't defined. */
  readonly auc: number;
  /** The sentences that the training said. */
  readonly notes: readonly string[];
  readonly seconds: number;
  /** Milliseconds since 1970. */
  readonly finishedAt: number;
}

/** The model's probability of a label for an image, by positions. */
export function scoreOf({ scores, labels }: TrainedModel, image: number, label: number): number {
  return scores[image * labels.length + label] ?? Number.NaN;
}
