import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CsvOptions, openCoco, openCsv } from '../../src/index';
import { greyPngs } from '../grey-pngs';

let pngs: Uint8Array[];
const folders: string[] = [];
beforeAll(async () => {
  pngs = await greyPngs(4);
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** A folder with images at these paths; the image at number i is grey of value i. */
async function make(...paths: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-finding-'));
  folders.push(folder);
  for (const [i, path] of paths.entries()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), pngs[i]);
  }
  return folder;
}
const open = (names: readonly string[], options: CsvOptions) =>
  openCsv(new TextEncoder().encode(`file\tx\n${names.map((name) => `${name}\t1`).join('\n')}\n`), options);
const values = async (names: readonly string[], options: CsvOptions) => {
  const set = await open(names, options);
  return Promise.all(names.map(async (_, row) => (await set.image(row)).data[0]));
};

describe('images are found', () => {
  it.each([
    ['as they are named', ['a.png', 'sub/b.png'], ['a.png', './sub/b.png']],
    [
      'with accents as characters of their own, as macOS writes them, or not',
      ['caf\u00e9.png', 'e\u0301te\u0301/b.png'],
      ['cafe\u0301.png', '\u00e9t\u00e9/b.png'],
    ],
    ['with codes as in addresses', ['a b.png', '100%.png'], ['a%20b.png', '100%.png']],
    [
      'behind the apostrophe that keeps a spreadsheet from running them',
      ['=1+1.png', "'-a.png"],
      ["'=1+1.png", "'-a.png"],
    ],
    [
      'without their extension (Planet)',
      ['train-jpg/train_90.jpg', 'train-jpg/train_9.jpg'],
      ['train_90', 'train_9'],
    ],
    [
      'in sub-folders (NIH)',
      ['images_001/images/1_000.png', 'images_002/images/2_000.png'],
      ['1_000.png', '2_000.png'],
    ],
    ['in other case', ['A.JPG', 'Sub/B.Png'], ['a.jpg', 'sub/b.png']],
    ['by back slashes', ['sub/a.png', 'sub/b.png'], ['sub\\a.png', '.\\sub\\b.png']],
    [
      'with a prefix that is not there (CheXpert)',
      ['train/p1/study1/v1.jpg', 'train/p2/study1/v1.jpg'],
      ['CheXpert-v1.0-small/train/p1/study1/v1.jpg', 'CheXpert-v1.0-small/train/p2/study1/v1.jpg'],
    ],
    [
      'with a path of another disk',
      ['img/a.png', 'img/b.png'],
      ['/home/ann/data/img/a.png', 'C:\\data\\img\\b.png'],
    ],
    ['with a point in a name without extension', ['a.v1.png', 'b.v1.png'], ['a.v1', 'b.v1']],
  ])('%s', async (_, paths, names) => {
    expect(await values(names, { root: await make(...paths) })).toEqual([0, 1]);
  });

  it('beside the table by default, in several folders, and where a function says', async () => {
    const one = await make('t.csv', 'a.png');
    const two = await make('x.png', 'y.png', 'b.png');
    await writeFile(join(one, 't.csv'), 'file,x\na.png,1\n');
    expect((await (await openCsv(join(one, 't.csv'))).image(0)).data[0]).toBe(1);
    expect(await values(['a.png', 'b.png'], { root: [one, two] })).toEqual([1, 2]);
    const findImage = (name: string) => (name === 'first' ? join(two, 'b.png') : undefined);
    expect(await values(['first', 'a.png'], { root: one, findImage })).toEqual([2, 1]);
  });

  it('each where it is of its kind: URLs, paths and data', async () => {
    const url = `data:image/png;base64,${Buffer.from(pngs[2]).toString('base64')}`;
    expect(await values(['a.png', url], { root: await make('a.png') })).toEqual([0, 2]);
  });

  it('among given files by the same rules', async () => {
    const files = ['A.PNG', 'b.png'].map((name, i) => new File([pngs[i] as Uint8Array<ArrayBuffer>], name));
    expect(await values(['data/a.png', 'b'], { files })).toEqual([0, 1]);
  });

  it.each([
    ['two files of one name', ['x/a.png', 'y/a.png'], ['a.png'], /expected one image for "a.png"; found 2/],
    [
      'another folder of the same file',
      ['test/a.png'],
      ['train/a.png'],
      /1 of 1 images are missing .*, the first train\/a\.png; most like the first is test\/a\.png/,
    ],
    [
      'two names for one file',
      ['a.png'],
      ['train/a.png', 'test/a.png'],
      /different images for "train\/a.png" and "test\/a.png"/,
    ],
    ['another format of that name', ['a.png'], ['a.jpg'], /the first a\.jpg; most like the first is a\.png/],
    [
      'names that are nowhere',
      ['a.png'],
      ['a.png', 'u.png', 'v.png', 'w.png', 'z.png'],
      /4 of 5 images are missing from .*, the first u\.png, v\.png, w\.png/,
    ],
    ['a folder without images', [], ['a.png'], /no file is there/],
  ])('but not %s', async (_, paths, names, message) => {
    await expect(open(names, { root: await make(...paths) })).rejects.toThrow(message);
  });

  it('and rows without one are left out and listed, where that is asked for', async () => {
    const set = await open(['a.png', 'u.png'], { root: await make('a.png'), onProblem: 'skip' });
    expect(set.ids).toEqual(['a.png']);
    expect(set.problems).toEqual([
      { where: 'the file, line 3', message: expect.stringContaining('the image "u.png" is missing') },
    ]);
    expect(set.summary()).toContain('1 rows of the file were left out');
  });

  it('by the file names of COCO too', async () => {
    const coco = {
      images: [{ id: 1, file_name: 'a.jpg' }],
      categories: [{ id: 1, name: 'cat' }],
      annotations: [],
    };
    const json = new TextEncoder().encode(JSON.stringify(coco));
    const set = await openCoco(json, { root: await make('val2017/a.jpg') });
    expect((await set.image(0)).data[0]).toBe(0);
    await expect(openCoco(json, { root: await make('b.jpg') })).rejects.toMatchObject({
      name: 'MissingImagesError',
    });
  });
});
