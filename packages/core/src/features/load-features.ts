import { FeatureShardError } from '../errors';
import { nodeModules } from '../platform/node';
import { isShardFile, parseShard, type ShardContent, shardFileName } from './feature-shard';
import { widthOf } from './kept-features';

/** Features of all images of a job, from its shards. */
export interface LoadedFeatures {
  readonly ids: readonly string[];
  /** `[ids, …shape]`, row-major, in the order of the job's data set. */
  readonly data: Float32Array;
  /** The shape of one image's features. */
  readonly shape: readonly number[];
}

/**
 * Joins the shards that `extractFeatures({ shard, out })` wrote into a folder, in whatever order they were run. Node only.
 *
 * @throws FeatureShardError names shards that are missing, damaged, or of another job
 *
 * @example
 * ```ts
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, extractFeatures, loadFeatures } from '@thawjs/core';
 *
 * // Four images of 4×4 pixels, white if the label is 1, else black.
 * const y = Uint8Array.of(1, 0, 1, 0);
 * const pixels = Uint8Array.from({ length: 4 * 48 }, (_, i) => 255 * y[Math.floor(i / 48)]);
 * const images = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels: ['Bright'],
 *   y,
 *   async *batches() {
 *     yield { rows: Int32Array.of(0, 1, 2, 3), pixels, shape: [4, 4, 4, 3] as const, y };
 *   },
 * };
 * const layers = [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [4, 4, 3] })];
 * const preprocessing = { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 } as const;
 * const model = classifier(tf.sequential({ layers }), { labels: images.labels, preprocessing });
 *
 * const out = await mkdtemp(join(tmpdir(), 'features-'));
 * // The only shard of one. With a count of 64, each of 64 machines computes another.
 * await extractFeatures(model, images, { out, shard: { index: 0, count: 1 } });
 * const { ids, data, shape } = await loadFeatures(out);
 * console.log(ids, shape, data.length); // [ 'a', 'b', 'c', 'd' ] [ 2 ] 8
 * ```
 */
export async function loadFeatures(folder: string): Promise<LoadedFeatures> {
  const node = nodeModules();
  if (!node) throw new FeatureShardError('loadFeatures: expected Node; a browser has no folders.');
  const { fs, path } = node;
  const names = (await fs.promises.readdir(folder).catch(() => [])).filter(isShardFile).sort();
  if (names.length === 0) {
    throw new FeatureShardError(
      `loadFeatures: expected shards of features in ${folder}; found none. Call extractFeatures with shard and out.`,
    );
  }
  const shards: ShardContent[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    const shard = parseShard(await fs.promises.readFile(file), file);
    const [first = shard] = shards;
    if (
      shard.key !== first.key ||
      shard.images !== first.images ||
      shard.shape.join() !== first.shape.join() ||
      shardFileName(shard.shard) !== name ||
      shard.shard.count !== first.shard.count
    ) {
      throw new FeatureShardError(
        `loadFeatures: expected shards of one job in ${folder}; ${name} is of another model, data set, or number of ` +
          `parts than ${names[0]}. Keep a folder per job.`,
      );
    }
    shards.push(shard);
  }
  const [
    {
      shape,
      images,
      shard: { count },
    },
  ] = shards;
  const there = new Set(names);
  if (there.size < count) {
    const missing: string[] = [];
    for (let index = 0; missing.length < 5 && index < count; index++) {
      const name = shardFileName({ index, count });
      if (!there.has(name)) missing.push(name);
    }
    const others = count - there.size - missing.length;
    const more = others > 0 ? ` and ${others} more` : '';
    throw new FeatureShardError(
      `loadFeatures: expected all ${count} shards in ${folder}; ${missing.join(', ')}${more} are missing. ` +
        'Run them.',
    );
  }
  const width = widthOf(shape);
  const data = new Float32Array(images * width);
  const ids = new Array<string>(images);
  for (const { shard, ids: own, data: features } of shards) {
    for (const [i, id] of own.entries()) {
      const row = shard.index + i * count;
      ids[row] = id;
      data.set(features.subarray(i * width, (i + 1) * width), row * width);
    }
  }
  return { ids, data, shape };
}
