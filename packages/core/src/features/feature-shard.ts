import { joinBytes } from '../bytes';
import { FeatureShardError, OptionError } from '../errors';
import type { LabelledImages } from '../labelled-images';
import { checkOptions, WHOLE_FROM_0, WHOLE_FROM_1 } from '../options/check-options';

/** One part of a job: the images number `index`, `index + count`, `index + 2 · count`, …. `index` counts from 0. */
export interface FeatureShard {
  readonly index: number;
  readonly count: number;
}

/** The contents of a shard's file besides its features. */
export interface ShardContent {
  /** Changes with everything that the features depend on. All shards of a job have the same key. */
  readonly key: string;
  readonly shard: FeatureShard;
  /** The number of images of the whole job. */
  readonly images: number;
  readonly ids: readonly string[];
  /** `[ids, …shape]`, row-major. */
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

const NAME = /^features-(\d{5,})-of-(\d{5,})\.safetensors$/;

/** @throws OptionError if the shard isn't one of its count */
export function checkShard(shard: FeatureShard): void {
  const name = 'extractFeatures: shard';
  checkOptions(name, shard, { index: WHOLE_FROM_0, count: WHOLE_FROM_1 });
  if (shard.index < shard.count) return;
  throw new OptionError(`${name}: expected an index below count, ${shard.count}; received ${shard.index}.`);
}

/** The images of a shard. @throws OptionError if the data set can't select rows */
export function imagesOfShard(images: LabelledImages, shard: FeatureShard): LabelledImages {
  const { index, count } = shard;
  if (count === 1) return images;
  const { select } = images as LabelledImages & { select?(rows: readonly number[]): LabelledImages };
  if (typeof select !== 'function') {
    throw new OptionError(
      'extractFeatures: expected images with the method select, as data sets of @thawjs/datasets have, beside shard; ' +
        'these have none. Give the images of the shard alone.',
    );
  }
  const rows = Array.from({ length: lengthOf(shard, images.length) }, (_, i) => index + i * count);
  return select.call(images, rows);
}

/** The number of images in a shard of a job. */
function lengthOf({ index, count }: FeatureShard, images: number): number {
  return Math.max(0, Math.ceil((images - index) / count));
}

/** The name of a shard's file, such as `features-00003-of-00064.safetensors`: shards are counted from 1. */
export function shardFileName({ index, count }: FeatureShard): string {
  const digits = (value: number) => String(value).padStart(5, '0');
  return `features-${digits(index + 1)}-of-${digits(count)}.safetensors`;
}

/** Whether a file has the name of a shard. */
export function isShardFile(name: string): boolean {
  return NAME.test(name);
}

/** A shard as the bytes of a safetensors file: the tensor `features`, and the rest as metadata. */
export function shardBytes({ data, shape, ids, key, shard, images }: ShardContent): Uint8Array<ArrayBuffer> {
  const header = JSON.stringify({
    __metadata__: {
      format: 'thaw-features',
      version: '1',
      key,
      index: String(shard.index),
      count: String(shard.count),
      images: String(images),
      ids: JSON.stringify(ids),
    },
    features: { dtype: 'F32', shape: [ids.length, ...shape], data_offsets: [0, data.byteLength] },
  });
  const text = new TextEncoder().encode(header);
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return joinBytes([length, padded, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}

/** Reads a shard's file. @throws FeatureShardError if the file is none, or is damaged */
export function parseShard(bytes: Uint8Array, file: string): ShardContent {
  const damaged = (problem: string) =>
    new FeatureShardError(
      `loadFeatures: expected a whole shard of features in ${file}; ${problem}. Remove it, and run the shard again.`,
    );
  if (bytes.length < 8) throw damaged(`it has ${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (8 + length > bytes.length) throw damaged('its header is cut');
  const header = headerOf(bytes.subarray(8, 8 + length));
  if (!header) throw damaged('its header is not that of thaw-features, version 1');
  const { ids, shape } = header;
  // A copy: the numbers of a Node Buffer lie in memory that it shares.
  const numbers = new Uint8Array(bytes.subarray(8 + length));
  const width = shape.reduce((product, size) => product * size, 1);
  if (numbers.length !== 4 * ids.length * width)
    throw damaged(`it has ${numbers.length} bytes of features for ${ids.length} images of ${width}`);
  return { ...header, data: new Float32Array(numbers.buffer) };
}

/** The contents of a header; undefined if it isn't the header of a shard, or contradicts itself. */
function headerOf(bytes: Uint8Array): Omit<ShardContent, 'data'> | undefined {
  try {
    const { __metadata__: metadata, features } = JSON.parse(new TextDecoder().decode(bytes));
    const ids: unknown = JSON.parse(metadata.ids);
    const [rows, ...shape] = features.shape as number[];
    const { key } = metadata;
    const shard = { index: Number(metadata.index), count: Number(metadata.count) };
    const images = Number(metadata.images);
    const isOurs = metadata.format === 'thaw-features' && metadata.version === '1' && typeof key === 'string';
    const areSizes = [...shape, images, shard.index].every((size) => Number.isSafeInteger(size) && size >= 0);
    const isShard = Number.isSafeInteger(shard.count) && shard.index < shard.count;
    const expected = lengthOf(shard, images);
    const areIds = Array.isArray(ids) && ids.every((id) => typeof id === 'string') && ids.length === expected;
    if (!(isOurs && areSizes && isShard && areIds && rows === expected)) return undefined;
    return { key, shard, images, ids: ids as string[], shape };
  } catch {
    return undefined;
  }
}
