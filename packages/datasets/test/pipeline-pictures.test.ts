import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ImageDataset, memoryImages } from '../src/index';

/** Black but for a white square of 2 × 2 whose top left pixel is (x, y). */
const marked = async (x: number, y: number, width = 12, height = 8) => {
  const raw = new Uint8Array(width * height * 3);
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const)
    raw.fill(255, ((y + dy) * width + x + dx) * 3, ((y + dy) * width + x + dx) * 3 + 3);
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
};
const dataset = async (...files: Promise<Uint8Array>[]) =>
  new ImageDataset({
    ids: files.map((_, i) => `${i}`),
    labels: ['x'],
    y: new Uint8Array(files.length),
    images: memoryImages(await Promise.all(files)),
  });
/** The picture of each image as rows of letters: # white, + grey, . black. */
const drawn = async (of: ImageDataset, size: readonly [number, number]) => {
  for await (const { pixels, shape } of of.batches({ size, batchSize: 99 })) {
    return Array.from({ length: shape[0] }, (_, i) =>
      Array.from({ length: size[0] }, (_, y) =>
        Array.from({ length: size[1] }, (_, x) => {
          const value = pixels[((i * size[0] + y) * size[1] + x) * 3];
          return value > 230 ? '#' : value > 25 ? '+' : '.';
        }).join(''),
      ),
    );
  }
  return [];
};

describe('a batch shows', () => {
  it('the box of each row, kept with its row through selections', async () => {
    const both = (await dataset(marked(3, 2), marked(8, 4))).crop([3, 2, 4, 2, 7, 3, 4, 4]);
    expect(await drawn(both.select([0]), [2, 4])).toEqual([['##..', '##..']]);
    expect(await drawn(both.select([1]), [4, 4])).toEqual([['....', '.##.', '.##.', '....']]);
    expect(
      await drawn(
        both.filter(({ row }) => row === 1),
        [4, 4],
      ),
    ).toEqual([['....', '.##.', '.##.', '....']]);
  });

  it('one box of all', async () => {
    const one = (await dataset(marked(3, 2))).crop({ left: 2, top: 1, width: 4, height: 4 });
    expect(await drawn(one, [4, 4])).toEqual([['....', '.##.', '.##.', '....']]);
  });

  it('the middle in its own proportions', async () => {
    // of 12 × 8 the columns from 2 to 9
    const middle = (await dataset(marked(2, 0))).crop('cover');
    expect((await drawn(middle, [8, 8]))[0].slice(0, 3)).toEqual(['##......', '##......', '........']);
  });

  it('landmarks in the places of the template, whichever way the head was', async () => {
    // the corner between pixels 1 and 2 is at 2 of 6
    const template = [
      [2 / 6, 0.5],
      [5 / 6, 0.5],
    ] as const;
    const face = marked(3, 3);
    // the marked point first, then one three pixels to its right, or below it
    const landmarks = [3.5, 3.5, 6.5, 3.5, 3.5, 3.5, 3.5, 6.5];
    const aligned = (await dataset(face, face)).align({ landmarks, template });
    const [first, turned] = await drawn(aligned, [6, 6]);
    expect(first).toEqual(['......', '......', '.##...', '.##...', '......', '......']);
    expect(turned).toEqual(first);
  });
});
