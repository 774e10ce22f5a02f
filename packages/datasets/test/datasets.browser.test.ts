import { describe, expect, it } from 'vitest';
import {
  blobImages,
  ImageDataset,
  type ImageSource,
  memoryImages,
  mixImages,
  openArrow,
  openCoco,
  openCsv,
  openImageFolder,
  openParquet,
  urlImages,
} from '../src/index';
import arrow from './fixtures/arrow.json';
import parquet from './fixtures/huggingface.json';
import fixture from './fixtures/node-pixels.json';

const names = Object.keys(fixture.files);
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const files = Object.values(fixture.files).map(bytesOf);
const dataset = (images: ImageSource) =>
  new ImageDataset({ ids: names, labels: ['x'], y: new Uint8Array(names.length), images });
const batchOf = async (of: ImageDataset) => {
  for await (const { pixels } of of.batches({ size: [12, 14], batchSize: 32, seed: 3, epoch: 1 })) {
    return pixels;
  }
  throw new Error('no batch');
};
/** The largest difference of each image, in levels of 255. */
const differences = (pixels: Uint8Array, expected: string) => {
  const node = bytesOf(expected);
  const bytes = node.length / names.length;
  const of = (i: number) => {
    let most = 0;
    for (let k = i * bytes; k < (i + 1) * bytes; k++) most = Math.max(most, Math.abs(pixels[k] - node[k]));
    return most;
  };
  return Object.fromEntries(names.map((name, i) => [name, of(i)]));
};

describe('ImageDataset in a browser', () => {
  it('gives the batches that Node gives, within 1/255', async () => {
    const seen = differences(await batchOf(dataset(memoryImages(files))), fixture.plain);
    expect(Math.max(...Object.values(seen)), JSON.stringify(seen)).toBeLessThanOrEqual(1);
  });

  it('crops and augments as Node does', async () => {
    const varied = dataset(memoryImages(files)).crop('cover').augment(fixture.augment);
    const { 'half-clear.png': clear, ...opaque } = differences(await batchOf(varied), fixture.augmented);
    expect(Math.max(...Object.values(opaque)), JSON.stringify(opaque)).toBeLessThanOrEqual(1);
    // a canvas keeps colours multiplied by alpha, and brightness and hue stretch what that rounds away
    expect(clear).toBeLessThanOrEqual(4);
  });

  it('reads Files, Blobs and URLs alike', async () => {
    const expected = await batchOf(dataset(memoryImages(files)));
    const given = files.map((file, i) => new File([file], names[i]));
    expect(await batchOf(dataset(blobImages(given)))).toEqual(expected);
    expect(await batchOf(dataset(blobImages(files.map((file) => new Blob([file])))))).toEqual(expected);
    const urls = given.map((file) => URL.createObjectURL(file));
    expect(await batchOf(dataset(urlImages(urls)))).toEqual(expected);
    for (const url of urls) URL.revokeObjectURL(url);
  });

  it('names an image that is none, or is not there', async () => {
    const broken = dataset(blobImages(names.map((name) => new File(['<html>'], name))));
    await expect(broken.image(1)).rejects.toMatchObject({ name: 'ImageDecodeError', id: 'plain.jpg' });
    const missing = dataset(urlImages(names.map(() => new URL('/no-such-image.jpg?', location.href))));
    await expect(missing.image(0)).rejects.toThrow(/could not (read|decode) it/);
    const skipped: string[] = [];
    const onCorrupt = ({ id }: { id: string }) => skipped.push(id);
    for await (const _ of broken.batches({ size: [4, 4], batchSize: 2, corrupt: 'skip', onCorrupt })) {
      throw new Error('expected no batch');
    }
    expect(skipped).toEqual(names);
  });

  it('mixes, splits, shuffles and stops as anywhere', async () => {
    const images = dataset(memoryImages(files));
    for await (const { y, rows } of mixImages(images, { mixup: 0.4 }).batches({
      size: [4, 4],
      batchSize: 4,
      shuffle: true,
    })) {
      expect(y).toHaveLength(rows.length);
    }
    const abort = new AbortController();
    const pass = images.batches({ size: [4, 4], batchSize: 2, signal: abort.signal });
    await pass.next();
    abort.abort(new Error('enough'));
    await expect(pass.next()).rejects.toThrow('enough');
  });
});

describe('readers in a browser', () => {
  const given = files.map((file, i) => new File([file], names[i]));

  it('open tables that were picked, with the images beside them or by URL', async () => {
    const rows = names.map((name, i) => `${name},${i % 2}`);
    const csv = new File([['file,x', ...rows].join('\n')], 'labels.csv');
    const picked = await openCsv(csv, { files: given });
    expect([picked.ids, [...picked.y]]).toEqual([names, names.map((_, i) => i % 2)]);
    expect(await batchOf(picked)).toEqual(await batchOf(dataset(memoryImages(files))));
    const urls = given.map((file) => URL.createObjectURL(file));
    const online = await openCsv(
      new File([['file,x', ...urls.map((url) => `${url},1`)].join('\n')], 'urls.csv'),
    );
    expect((await online.image(1)).width).toBe((await picked.image(1)).width);
    for (const url of urls) URL.revokeObjectURL(url);
    const rooted = await openCsv(csv, { root: new URL('/images/', location.href) });
    await expect(rooted.image(0)).rejects.toThrow(`${location.origin}/images/${names[0]}`);
    await expect(openCsv(csv, { root: '/images' })).rejects.toThrow(/a browser can't read the folder/);
  });

  it('open gzipped tables, folders, COCO and parquet', async () => {
    const gzipped = new Blob(['file,x\na.png,1\n']).stream().pipeThrough(new CompressionStream('gzip'));
    expect((await openCsv(await new Response(gzipped).blob())).ids).toEqual(['a.png']);
    const folder = await openImageFolder([
      ...given,
      ...names.map((name) => new File(['cat'], `${name}.txt`)),
    ]);
    expect([folder.length, folder.labels]).toEqual([names.length, ['cat']]);
    const coco = {
      images: names.map((file_name, id) => ({ id, file_name })),
      categories: [{ id: 1, name: 'cat' }],
      annotations: [{ image_id: 0, category_id: 1 }],
    };
    const annotated = await openCoco(new File([JSON.stringify(coco)], 'coco.json'), { files: given });
    expect([annotated.y[0], (await annotated.image(0)).width > 0]).toEqual([1, true]);
    const table = bytesOf(parquet.files['class labels, zstd with page index']);
    const embedded = await openParquet(new File([table], 'a.parquet'), { labels: { column: 'labels' } });
    expect([embedded.labels, (await embedded.image(7)).data[0]]).toEqual([parquet.names, 140]);
    const saved = Object.entries(arrow.folders['a Dataset']).map(
      ([name, content]) => new File([bytesOf(content)], name),
    );
    const rows = await openArrow(saved, { labels: { column: 'labels' } });
    expect([rows.labels, (await rows.image(7)).data[0]]).toEqual([arrow.names, 140]);
    const packed = await openArrow(bytesOf(arrow.files['bytes, zstd']));
    expect([packed.labels, (await packed.image(4)).data[0]]).toEqual([['cat'], 80]);
  });

  it('balance and split as under Node', () => {
    const y = Uint8Array.from({ length: 900 }, (_, i) => +((i * 7919) % 10 < [6, 3, 1][i % 3]));
    const rows = new ImageDataset({
      ids: Array.from({ length: 300 }, (_, i) => `${i}`),
      labels: ['a', 'b', 'c'],
      y,
    });
    const subset = rows.balanced(30);
    expect(subset.subset!.score - subset.subset!.bound).toBeLessThan(0.05);
    // half a row of the 4.5 that a part should have of the rarest label
    expect(rows.split().balance.largestDeviation.value).toBeLessThan(0.112);
  });
});
