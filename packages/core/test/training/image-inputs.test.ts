import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { classifier, type LabelledBatchOptions, type LabelledImages } from '../../src';
import { imageInputs } from '../../src/training/image-inputs';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

/** Images that keep the options that they were asked with. */
function watched(canSkip: boolean): { images: LabelledImages; asked: LabelledBatchOptions[] } {
  const images = tinyImages(10, 1);
  const asked: LabelledBatchOptions[] = [];
  async function* batches(options: LabelledBatchOptions) {
    asked.push(options);
    let index = 0;
    for await (const batch of images.batches(options)) {
      if (!canSkip || index++ >= (options.skip ?? 0)) yield batch;
    }
  }
  return { images: { ...images, ...(canSkip && { canSkip }), batches }, asked };
}

describe('the batches of an epoch that is resumed in its middle', () => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  const options = { batchSize: 4, shuffle: true, seed: 3 };
  const rowsFrom = async (images: LabelledImages, from?: number) => {
    const rows: number[][] = [];
    for await (const batch of imageInputs(model, images, options).epoch(2, from)) {
      rows.push([...batch.rows]);
      tf.dispose(batch.x);
    }
    return rows;
  };

  test.each([true, false])('are those of the whole epoch, if the data set can skip: %s', async (canSkip) => {
    const { images } = watched(canSkip);
    const all = await rowsFrom(images);
    expect(all.map(({ length }) => length)).toEqual([4, 4, 2]);
    for (const from of [0, 1, 2, 3]) expect(await rowsFrom(images, from)).toEqual(all.slice(from));
  });

  test('are asked for alone, if the data set can skip', async () => {
    const able = watched(true);
    await rowsFrom(able.images, 2);
    await rowsFrom(able.images);
    expect(able.asked.map(({ skip }) => skip)).toEqual([2, undefined]);
    const unable = watched(false);
    await rowsFrom(unable.images, 2);
    expect(unable.asked.map(({ skip }) => skip)).toEqual([undefined]);
  });
});
