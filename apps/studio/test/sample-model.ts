import type { TrainedModel } from '../src/training/trained-model';

/** A model of the labels of `sampleProject`, with scores per image name: dog, red. */
export function sampleModel(
  images: Readonly<
    Record<string, { readonly part: 'train' | 'validation'; readonly scores: readonly number[] }>
  >,
  thresholds: readonly number[] = [0.5, 0.5],
): TrainedModel {
  const entries = Object.entries(images);
  return {
    choice: {
      backbone: { name: 'n', licence: 'MIT', size: 64, smallest: 32, parameters: 1, bytes: 1, url: 'x' },
      size: 64,
      fineTune: false,
      augment: false,
    },
    labels: [
      { id: 'D', name: 'dog' },
      { id: 'R', name: 'red' },
    ],
    history: [],
    images: entries.map(([name, { part }]) => ({ id: `id of ${name}`, part })),
    scores: Float32Array.from(entries.flatMap(([, { scores }]) => scores)),
    thresholds,
    auc: 1,
    notes: [],
    seconds: 1,
    finishedAt: 0,
  };
}
