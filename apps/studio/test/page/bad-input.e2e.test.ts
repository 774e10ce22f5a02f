import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { writeZip } from '../../src/files/write-zip';
import { drawnCsv, drawnImages } from '../drawn-images';
import { type GivenFile, openBrowser, png, Studio, text } from './studio';

let browser: Browser;
let studio: Studio;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  studio = await Studio.open(browser, inject('studio'));
  await studio.add([png('good.png', (await drawnImages(1))[0].png)]);
  await studio.addLabel('red');
  await studio.tiles.first().focus();
  await studio.page.keyboard.press('1');
});
afterEach(() => studio.close());

const zipFile = async (name: string, parts: Parameters<typeof writeZip>[0]): Promise<GivenFile> => ({
  name,
  mimeType: 'application/zip',
  buffer: Buffer.from(await (await writeZip(parts)).arrayBuffer()),
});

describe('bad input gets one sentence, and what was there stays', () => {
  test.each<[string, () => Promise<GivenFile[]>, string | RegExp]>([
    [
      'a broken image',
      async () => [png('broken.png', Buffer.from('no image'))],
      'Left out: "broken.png" is damaged, or no JPEG, PNG, WebP, GIF, AVIF or BMP.',
    ],
    [
      'a HEIC photo, whatever its name',
      async () => [png('photo.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'))],
      /^Left out: "photo\.jpg" is a HEIC photo, which this browser can’t show; save it as JPEG/,
    ],
    ['an empty file', async () => [png('empty.png', Buffer.alloc(0))], 'Left out: "empty.png" is empty.'],
    [
      'a zip that inflates to too much',
      async () => [
        await zipFile('bomb.zip', [
          { path: 'a.png', content: new Uint8Array(101 * 2 ** 20), compress: true },
        ]),
      ],
      '"a.png" in "bomb.zip" has more than 100 MB and was left out.',
    ],
    [
      'a zip that is none',
      async () => [{ name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('x') }],
      '"x.zip" can\'t be read as a zip',
    ],
    [
      'a CSV with unknown files',
      async () => [text('labels.csv', 'file,red\ngood.png,1\nother.png,1\n')],
      '"labels.csv" names 1 image that is not here: other.png. Add the images, then open "labels.csv" again.',
    ],
    [
      'a CSV that is damaged',
      async () => [text('labels.csv', 'file,red\ngood.png,1,2,3\n')],
      'The labels in "labels.csv" can\'t be read: labels.csv, line 2: expected 2 cells',
    ],
    [
      'two images of one name',
      async () => [png('good.png', (await drawnImages(2))[1].png)],
      'Two images had one name: "good.png" is now "good (2).png".',
    ],
    [
      'an image that is there already',
      async () => [png('copy.png', (await drawnImages(1))[0].png)],
      'Already here, so not added again: copy.png.',
    ],
    [
      'files of other kinds',
      async () => [{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }],
      'There is no image, zip, CSV or COCO file among these files.',
    ],
  ])('%s', async (_, files, sentence) => {
    await studio.add(await files());
    await studio.says(sentence);
    expect((await studio.heard())[0]).toBe('good.png; red');
  });
});

describe('a training that can not be says why', () => {
  const reason = async (files: GivenFile[], sentence: string) => {
    if (files.length > 0) await studio.add(files);
    await studio.go('Train');
    await studio.says(sentence);
    expect(await studio.page.getByRole('button', { name: 'Train', exact: true }).count()).toBe(0);
  };

  test('a label that every image has', async () => {
    await reason([], 'Every image has "red", so nothing can tell it apart. Add images without it.');
  });

  test('a label without positives is left out, and the other label is trained', async () => {
    const images = await drawnImages(12);
    const csv = drawnCsv(images).replace('file,red', 'file,crimson');
    await studio.add([
      ...images.slice(1).map(({ name, png: bytes }) => png(name, bytes)),
      text('labels.csv', csv),
    ]);
    await studio.says(/gave labels to/);
    await studio.addLabel('hat');
    await studio.go('Train');
    await studio.says('Left out, because all decided images have the same mark: red, hat.');
    expect(await studio.page.getByRole('button', { name: 'Train', exact: true }).count()).toBe(1);
  });

  test('too few images', async () => {
    const images = await drawnImages(4);
    await reason(
      [
        ...images.slice(1).map(({ name, png: bytes }) => png(name, bytes)),
        text('labels.csv', 'file,red\n001.png,0\n'),
      ],
      'Only 2 images are decided; a training needs 10, and a hundred are better. Mark more images.',
    );
  });

  test('no labels', async () => {
    await studio.page.getByRole('button', { name: 'Remove the label red' }).click();
    await reason([], 'There are no labels yet. Add a label, and mark images.');
  });
});
