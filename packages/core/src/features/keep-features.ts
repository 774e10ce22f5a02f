import { FeatureCacheError, StaleFeaturesError } from '../errors';
import type { Labels } from '../labelled-images';
import { type FeatureBatchesOptions, featureBatches } from './feature-batches';
import type { FeatureFile, FeatureFileHeader } from './feature-file';
import type { FeatureFolder } from './feature-folder';
import { featureKey } from './feature-key';
import { fileFeatures, type KeptFeatures, memoryFeatures, widthOf } from './kept-features';
import type { SplitModel } from './split-model';

export interface KeepFeaturesOptions extends FeatureBatchesOptions {
  readonly prefix: SplitModel['prefix'];
  /** Whether the features fit in memory. */
  readonly inMemory: boolean;
  /** The folder to keep features in for later runs. */
  readonly folder?: FeatureFolder;
  /** Called with the number of batches that are done: after each batch, or once if the features were found in the folder. */
  readonly onBatch: (batches: number) => void | Promise<void>;
  /** Called with a sentence if features can't be kept as asked for. */
  readonly note: (text: string) => void | Promise<void>;
}

/** The number of bytes that are read from a feature file at a time. */
const READ_BYTES = 8 * 2 ** 20;

/** Kept features with their labels. */
export interface LabelledFeatures extends KeptFeatures {
  /** From 0 to 1, `[images, labels]`. */
  readonly y: Labels;
  /** 0 for labels that aren't known; undefined if all are known. */
  readonly known?: Uint8Array;
}

/**
 * Gets the features of a data set: finds them in the folder, or computes them and keeps them in memory, in the folder, or
 * both.
 *
 * If the features fit in memory, a failure of the folder is only noted.
 *
 * @throws FeatureCacheError if the folder fails and the features don't fit in memory; StaleFeaturesError if images or
 * weights change while features are computed.
 */
export async function keepFeatures(options: KeepFeaturesOptions): Promise<LabelledFeatures> {
  const { folder, images, prefix, batchSize, onBatch } = options;
  if (!folder) return computed(options);
  const shape = shapeOf(prefix);
  const header = { key: await featureKey(sourceOf(options)), rows: images.length, shape };
  const file = await attempt(options, () => folder.open(header));
  if (!file) return computed(options, folder, header);
  await onBatch(Math.ceil(images.length / batchSize));
  const kept = options.inMemory ? await loaded(file, header) : fileFeatures(file, images.length, shape);
  return { ...kept, y: images.y, known: images.known };
}

async function computed(
  options: KeepFeaturesOptions,
  folder?: FeatureFolder,
  header?: FeatureFileHeader,
): Promise<LabelledFeatures> {
  const { prefix, images, inMemory, onBatch, signal } = options;
  const memory = inMemory ? memoryFeatures(images.length, shapeOf(prefix)) : undefined;
  const begun = folder && header && (await attempt(options, () => folder.write(header)));
  let writer = begun;
  const labels: Labels[] = [];
  const knowns: Uint8Array[] = [];
  let whole = false;
  try {
    for await (const { features, y, known } of featureBatches(prefix, options)) {
      memory?.append(features);
      labels.push(y);
      if (known) knowns.push(known);
      writer &&= await attempt(options, () => writer!.append(features).then(() => writer));
      await onBatch(1);
      signal?.throwIfAborted();
    }
    if (writer && header && isSame(labels, images.y)) {
      await checkUnchanged(options, header);
      whole = true;
      await attempt(options, () => writer!.commit());
    }
  } finally {
    await attempt(options, async () => begun?.discard());
  }
  if (memory) {
    if (isSame(labels, images.y)) return { ...memory, y: images.y, known: images.known };
    return { ...memory, y: joined(labels), known: knowns.length > 0 ? joined(knowns) : undefined };
  }
  const file = whole && header && (await folder?.open(header));
  if (!file) {
    throw new FeatureCacheError(
      "featureCache: expected features that go with the data set's own labels, and a file of them that stays; memory " +
        'has no room for others. Raise maxBytes, or pass featureCache: false.',
    );
  }
  return { ...fileFeatures(file, images.length, shapeOf(prefix)), y: images.y, known: images.known };
}

/** Whether the labels of the batches are those of the data set. For mixed images they aren't. */
function isSame(batches: readonly Labels[], y: Uint8Array): boolean {
  let start = 0;
  return batches.every((batch) => {
    const own = y.subarray(start, start + batch.length);
    start += batch.length;
    return batch.every((label, i) => label === own[i]);
  });
}

/** The labels of all batches in one array of the same type: Float32Array for labels of mixed images. */
function joined<Data extends Labels>(batches: readonly Data[]): Data {
  const kind = batches[0].constructor as new (length: number) => Data;
  const all = new kind(batches.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const batch of batches) {
    all.set(batch, start);
    start += batch.length;
  }
  return all;
}

/** Runs an action on the folder. If the features are in memory too, a failure is only noted. */
async function attempt<Result>(
  { inMemory, note }: KeepFeaturesOptions,
  action: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof FeatureCacheError) || !inMemory) throw error;
    await note(`features are kept in memory alone: ${error.message}`);
    return undefined;
  }
}

async function checkUnchanged(options: KeepFeaturesOptions, { key }: FeatureFileHeader): Promise<void> {
  if ((await featureKey(sourceOf(options))) === key) return;
  throw new StaleFeaturesError(
    'featureCache: expected images and weights that stay while features are computed; they changed. Run the phase again.',
  );
}

async function loaded(file: FeatureFile, { rows, shape }: FeatureFileHeader): Promise<KeptFeatures> {
  const width = widthOf(shape);
  const memory = memoryFeatures(rows, shape);
  const atOnce = Math.max(1, Math.floor(READ_BYTES / (4 * width)));
  try {
    for (let row = 0; row < rows; row += atOnce) {
      const features = new Float32Array(Math.min(atOnce, rows - row) * width);
      await file.read(row, features);
      memory.append(features);
    }
  } finally {
    await file.close();
  }
  return memory;
}

function sourceOf({ prefix, classifier, images, view, seed, precision }: KeepFeaturesOptions) {
  const { preprocessing, inputSize: size } = classifier;
  return { prefix, preprocessing, size, images, view, seed, type: precision.type };
}

function shapeOf(prefix: SplitModel['prefix']): number[] {
  return prefix.outputs[0].shape.slice(1).map(Number);
}
