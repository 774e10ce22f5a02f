import { ImageDataset } from '@thawjs/datasets';
import type { LabelId } from '../project/project';
import type { TrainingPlan } from './training-plan';

/** An image of a training, without its pixels, in a form that can be stored until the training is continued. */
export interface TrainingImage {
  readonly id: string;
  /** Names of the labels that the image has. */
  readonly labels: readonly string[];
  /** Names of the labels that aren't decided. */
  readonly unknown: readonly string[];
}

/** The images of a training, in two parts. */
export interface TrainingSet {
  readonly labels: readonly { readonly id: LabelId; readonly name: string }[];
  readonly train: readonly TrainingImage[];
  /** Images that aren't trained on. They show how well the network predicts new images. */
  readonly validation: readonly TrainingImage[];
}

/** The share of validation images. */
const VALIDATION = 0.2;

/** Splits the images of a plan so that each label is about equally frequent in both parts. */
export function trainingSet({ labels, images }: TrainingPlan): TrainingSet {
  const cells = images.flatMap(({ marks }) => labels.map(({ id }) => marks[id]));
  const dataset = new ImageDataset({
    ids: images.map(({ id }) => id),
    labels: labels.map(({ name }) => name),
    y: Uint8Array.from(cells, (mark) => mark ?? 0),
    known: Uint8Array.from(cells, (mark) => (mark === undefined ? 0 : 1)),
  });
  const parts = dataset.split({
    by: 'stratified',
    fractions: { train: 1 - VALIDATION, validation: VALIDATION, test: 0 },
  });
  const byId = new Map(images.map((image) => [image.id, image]));
  const imagesOf = (ids: readonly string[]): TrainingImage[] =>
    ids.map((id) => {
      const marks = byId.get(id)?.marks ?? {};
      return {
        id,
        labels: labels.filter((label) => marks[label.id] === 1).map(({ name }) => name),
        unknown: labels.filter((label) => marks[label.id] === undefined).map(({ name }) => name),
      };
    });
  return { labels, train: imagesOf(parts.train.ids), validation: imagesOf(parts.validation.ids) };
}
