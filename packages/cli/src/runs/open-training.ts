import { type Classifier, classifier } from '@thawjs/core';
import type { DatasetSplit, ImageDataset } from '@thawjs/datasets';
import type { NetworkFlags, TrainingFlags } from '../commands/training-options';
import { openData } from '../data/open-data';
import type { Terminal } from '../terminal/terminal';
import { openBackbone } from './open-backbone';

/** The inputs of a training besides its recipe. */
export interface OpenTraining {
  readonly split: DatasetSplit<ImageDataset>;
  /** Makes the classifier that training starts from; each call makes a new one. */
  newModel(): Promise<Classifier>;
}

/** Opens the data of a training, splits it, and prints the sizes of the parts. */
export async function openTraining(
  paths: readonly string[],
  flags: TrainingFlags,
  terminal: Terminal,
): Promise<OpenTraining> {
  const { seed } = flags;
  const data = await openData(paths, flags, { seed });
  const split = splitData(data, flags, terminal);
  return {
    split,
    newModel: async () => classifier(await openBackbone(flags, terminal), { labels: data.labels, seed }),
  };
}

/** The options of `fineTune` that every command that trains has flags for. */
export function sharedOptions({ seed, batchSize, precision, augment }: NetworkFlags) {
  return {
    seed,
    ...(batchSize !== undefined && { batchSize }),
    ...(precision && { precision }),
    ...(!augment && { augment: false as const }),
  };
}

/**
 * Splits data by the flags, and prints the number of images in each part. Default: the data's own split, if it has one.
 */
export function splitData<Data extends ImageDataset>(
  data: Data,
  { by, fractions, seed }: Pick<NetworkFlags, 'by' | 'fractions' | 'seed'>,
  { note }: Terminal,
): DatasetSplit<Data> {
  const own = data.splits !== undefined && fractions === undefined ? 'official' : undefined;
  const way = by ?? own;
  const split = data.split({ seed, ...(way !== undefined && { by: way }), ...(fractions && { fractions }) });
  const { train, validation, test } = split;
  note(`${train.length} images to train, ${validation.length} to validate, ${test.length} to test`);
  return split;
}
