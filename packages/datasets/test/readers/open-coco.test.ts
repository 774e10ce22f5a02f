import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type CocoOptions, openCoco } from '../../src/index';
import { greyPngs } from '../grey-pngs';

const COCO = {
  images: [
    { id: 4, file_name: 'a.png', coco_url: 'https://example.org/a.png' },
    { id: 9, file_name: 'b.png', coco_url: 'https://example.org/b.png' },
    { id: 1, file_name: 'c.png', coco_url: 'https://example.org/c.png' },
  ],
  categories: [
    { id: 18, name: 'dog', supercategory: 'animal' },
    { id: 1, name: 'person', supercategory: 'person' },
    { id: 17, name: 'cat', supercategory: 'animal' },
  ],
  annotations: [
    { id: 1, image_id: 9, category_id: 18, iscrowd: 0 },
    { id: 2, image_id: 9, category_id: 18, iscrowd: 0 },
    { id: 3, image_id: 9, category_id: 17, iscrowd: 1 },
    { id: 4, image_id: 1, category_id: 1, iscrowd: 0 },
  ],
};
const open = (coco: unknown, options: CocoOptions = {}) =>
  openCoco(new TextEncoder().encode(typeof coco === 'string' ? coco : JSON.stringify(coco)), options);

describe('openCoco', () => {
  it('gives an image the categories that are in it, in the file’s order, and images with none a row too', async () => {
    const { ids, labels, y, known } = await open(COCO);
    expect([ids, labels, known]).toEqual([['a.png', 'b.png', 'c.png'], ['dog', 'person', 'cat'], undefined]);
    expect([...y]).toEqual([0, 0, 0, 1, 0, 1, 0, 1, 0]);
  });

  it('leaves crowds out, or takes the groups of categories', async () => {
    expect([...(await open(COCO, { crowds: false })).y]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0]);
    const groups = await open(COCO, { label: 'supercategory' });
    expect([groups.labels, [...groups.y]]).toEqual([
      ['animal', 'person'],
      [0, 0, 1, 0, 0, 1],
    ]);
  });

  it('takes categories that LVIS did not look for as unknown', async () => {
    const [a, ...others] = COCO.images;
    const { known, y } = await open({ ...COCO, images: [{ ...a, neg_category_ids: [1, 17] }, ...others] });
    expect([...known!]).toEqual([0, 1, 1, 1, 0, 1, 0, 1, 0]);
    expect([...y]).toEqual([0, 0, 0, 1, 0, 1, 0, 1, 0]);
  });

  it('takes categories of one name for one label', async () => {
    const categories = [...COCO.categories, { id: 99, name: 'dog', supercategory: 'animal' }];
    const images = COCO.images.map((image) => ({ ...image, neg_category_ids: [99] }));
    const { labels, known } = await open({ ...COCO, images, categories });
    expect(labels).toEqual(['dog', 'person', 'cat']);
    expect([...known!]).toEqual([1, 0, 0, 1, 0, 1, 1, 1, 0]);
  });

  it('reads the images from given files, or from where the file says', async () => {
    const files = await greyPngs(3);
    const given = files.map(
      (file, i) => new File([file as Uint8Array<ArrayBuffer>], COCO.images[i].file_name),
    );
    expect((await (await open(COCO, { files: given })).image(1)).data[0]).toBe(1);
    const online = await open(COCO, { online: true });
    await expect(online.image(1)).rejects.toThrow('(https://example.org/b.png)');
  });

  it.each([
    ['no JSON', '{', /expected JSON/],
    ['a list', [], /expected a list of images; found none/],
    ['no categories', { ...COCO, categories: undefined }, /expected a list of categories/],
    [
      'an annotation that is none',
      { ...COCO, annotations: [3] },
      /expected annotations as objects; entry 0 is none/,
    ],
    ['an image without a name', { ...COCO, images: [{ id: 1 }] }, /image 0 has no id or no file_name/],
    [
      'an image whose address is no text',
      { ...COCO, images: [{ id: 1, coco_url: 7 }] },
      /image 0 has no id or no file_name/,
    ],
    [
      'a name beside an address that is no text',
      { ...COCO, images: [{ id: 1, file_name: 'a.png', coco_url: {} }] },
      /image 0: expected coco_url as text/,
    ],
    ['an image twice', { ...COCO, images: [COCO.images[0], COCO.images[0]] }, /images of different ids/],
    [
      'a name twice',
      { ...COCO, images: [COCO.images[0], { ...COCO.images[0], id: 9 }, { ...COCO.images[2] }] },
      /file names that differ/,
    ],
    [
      'a category twice',
      { ...COCO, categories: [COCO.categories[0], COCO.categories[0]] },
      /categories of different ids/,
    ],
    [
      'an annotation of no image',
      { ...COCO, annotations: [{ image_id: 5, category_id: 1 }] },
      /annotation 0 is of image 5, which is not there/,
    ],
    [
      'an annotation of no category',
      { ...COCO, annotations: [{ image_id: 4, category_id: 2 }] },
      /annotation 0 is of category 2, which is not there/,
    ],
  ])('refuses %s', async (_, coco, message) => {
    await expect(open(coco)).rejects.toThrow(message);
    await expect(open(coco)).rejects.toMatchObject({ name: 'DatasetFileError' });
  });

  it('refuses names that lead out of the folder', async () => {
    const images = [{ id: 4, file_name: '../../etc/passwd' }];
    await expect(open({ ...COCO, images, annotations: [] }, { root: '/tmp' })).rejects.toThrow(
      /expected images inside/,
    );
  });

  it('ends in a dataset or in a named error, whatever the JSON', async () => {
    const entry = fc.oneof(
      fc.record({ id: fc.nat(2), file_name: fc.constantFrom('a', 'b', '../c') }, { requiredKeys: [] }),
      fc.record({ id: fc.nat(2), name: fc.constantFrom('x', 'y') }, { requiredKeys: [] }),
      fc.record({ image_id: fc.nat(2), category_id: fc.nat(2) }, { requiredKeys: [] }),
      fc.jsonValue(),
    );
    const list = fc.oneof(
      { weight: 6, arbitrary: fc.array(entry, { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.jsonValue() },
    );
    await fc.assert(
      fc.asyncProperty(fc.record({ images: list, categories: list, annotations: list }), async (coco) => {
        try {
          const { length, labels, y } = await open(coco, { images: 'ignore' });
          expect(y.length).toBe(length * labels.length);
        } catch (error) {
          expect(error).toMatchObject({ name: 'DatasetFileError' });
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('an address that is null or empty, as some exports have it, counts as none', async () => {
  const images = COCO.images.map((image, i) => ({ ...image, coco_url: i === 0 ? null : '' }));
  const file = new File([JSON.stringify({ ...COCO, images })], 'coco.json');
  expect((await openCoco(file, { images: 'ignore' })).length).toBe(images.length);
});
