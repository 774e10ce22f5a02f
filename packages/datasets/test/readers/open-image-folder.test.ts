import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImageFolder } from '../../src/index';
import { greyPngs } from '../grey-pngs';

let pngs: Uint8Array[];
const folders: string[] = [];
beforeAll(async () => {
  pngs = await greyPngs(3);
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** A folder of images a.png, b.png and sub/c.png, with other files beside them. */
async function make(texts: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-folder-'));
  folders.push(folder);
  const files: Record<string, string | Uint8Array> = {
    ...texts,
    'a.png': pngs[0],
    'b.png': pngs[1],
    'sub/c.png': pngs[2],
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const CSV = 'file_name,cat,dog\na.png,1,0\nb.png,0,1\nsub/c.png,1,1\n';
const JSONL =
  '{"file_name":"a.png","tags":["cat"]}\n{"tags":["dog"],"file_name":"b.png"}\n\n{"file_name":"sub/c.png","tags":["cat","dog"]}\n';

describe('openImageFolder', () => {
  it.each([
    ['metadata.csv', { 'metadata.csv': CSV }, {}],
    ['metadata.jsonl of lists', { 'metadata.jsonl': JSONL }, { labels: { column: 'tags' } }],
    [
      'metadata.jsonl of flags',
      {
        'metadata.jsonl':
          '{"file_name":"a.png","cat":true,"dog":false}\n{"file_name":"b.png","cat":0,"dog":1}\n{"file_name":"sub/c.png","cat":1,"dog":true}',
      },
      {},
    ],
    ['texts', { 'a.txt': 'cat\r\n', 'b.txt': 'dog', 'sub/c.txt': 'dog, cat' }, {}],
    ['texts of the whole name', { 'a.png.txt': 'cat', 'b.png.txt': 'dog', 'sub/c.png.txt': 'cat\ndog' }, {}],
    [
      'JSON of lists',
      { 'a.json': '["cat"]', 'b.json': '{"labels":["dog"]}', 'sub/c.json': '{"tags":["cat","dog"]}' },
      {},
    ],
    [
      'JSON of flags',
      { 'a.json': '{"cat":true}', 'b.json': '{"dog":1,"cat":false}', 'sub/c.json': '{"cat":1,"dog":1}' },
      {},
    ],
  ])('reads labels from %s', async (_, texts, options) => {
    const set = await openImageFolder(await make(texts as Record<string, string>), options);
    expect(set.ids).toEqual(['a.png', 'b.png', 'sub/c.png']);
    expect(set.labels).toEqual(['cat', 'dog']);
    expect([...set.y]).toEqual([1, 0, 0, 1, 1, 1]);
    expect((await set.image(2)).data[0]).toBe(2);
  });

  it('leaves images without labels out where it is told to', async () => {
    const folder = await make({ 'b.txt': 'dog', 'sub/c.txt': '' });
    await expect(openImageFolder(folder)).rejects.toThrow(
      /1 of the 3 images in .* have no labels beside them, the first a\.png/,
    );
    const set = await openImageFolder(folder, { unlabelled: 'skip', labels: ['cat', 'dog'] });
    expect([set.ids, [...set.y]]).toEqual([
      ['b.png', 'sub/c.png'],
      [0, 1, 0, 0],
    ]);
    expect((await set.image(0)).data[0]).toBe(1);
  });

  it('takes a folder as a page gets it, the files alone', async () => {
    const bytes = (i: number) => pngs[i] as Uint8Array<ArrayBuffer>;
    const files = [
      new File([bytes(0)], 'a.png'),
      new File(['cat'], 'a.txt'),
      new File([bytes(1)], 'b.png'),
      new File([''], 'b.txt'),
    ];
    const set = await openImageFolder(files);
    expect([set.ids, set.labels, [...set.y]]).toEqual([['a.png', 'b.png'], ['cat'], [1, 0]]);
    expect((await set.image(1)).data[0]).toBe(1);
  });

  it.each([
    [
      'metadata that names an image that is not there',
      { 'metadata.csv': CSV.replace('b.png', 'x.png') },
      'MissingImagesError',
      /1 of the 3 images that metadata\.csv names are missing, the first x\.png/,
    ],
    [
      'metadata that leads out',
      { 'metadata.csv': CSV.replace('b.png', '../b.png') },
      'MissingImagesError',
      /the first \.\.\/b\.png/,
    ],
    [
      'metadata without file names',
      { 'metadata.csv': 'image,x\na.png,1\n' },
      'UnknownLabelError',
      /received "file_name"/,
    ],
    [
      'a line that is no object',
      { 'metadata.jsonl': '{"file_name":"a.png","x":1}\n[1]\n' },
      'DatasetFileError',
      /line 2: expected a JSON object; received "\[1\]"/,
    ],
    [
      'a sidecar that is no list',
      { 'a.json': '{"cat":"yes"}', 'b.txt': '', 'sub/c.txt': '' },
      'DatasetFileError',
      /a\.json: expected a JSON list/,
    ],
    ['no labels at all', {}, 'DatasetFileError', /3 of the 3 images/],
  ])('refuses %s', async (_, texts, name, message) => {
    const folder = await make(texts as Record<string, string>);
    await expect(openImageFolder(folder)).rejects.toThrow(message);
    await expect(openImageFolder(folder)).rejects.toMatchObject({ name });
  });

  it('refuses a folder that is not there, or has no images', async () => {
    await expect(openImageFolder('/nowhere')).rejects.toThrow(/can't list \/nowhere/);
    await expect(openImageFolder([new File([''], 'a.txt')])).rejects.toThrow(
      /there are no images in the files/,
    );
  });
});

describe('a folder a class', () => {
  const files = (paths: readonly string[]) =>
    paths.map((path) => {
      const file = new File(['…'], path.slice(path.lastIndexOf('/') + 1));
      Object.defineProperty(file, 'webkitRelativePath', { value: `photos/${path}` });
      return file;
    });
  const open = (paths: readonly string[], options = {}) => openImageFolder(files(paths), options);

  it.each<[string, string[], string[], string]>([
    ['the names of the folders', ['dog/1.jpg', 'cat/1.jpg', 'cat/2.PNG'], ['cat', 'dog'], '101001'],
    ['numbers', ['0/a.jpg', '10/a.jpg', '2/a.jpg'], ['0', '10', '2'], '100010001'],
    ['the uppermost folder of several', ['cat/black/1.jpg', 'dog/1.jpg'], ['cat', 'dog'], '1001'],
    [
      'folders below one that holds all',
      ['raw/images/cat/1.jpg', 'raw/images/dog/1.jpg'],
      ['cat', 'dog'],
      '1001',
    ],
    [
      'classes beside copies that a notebook made',
      [
        'cat/1.jpg',
        'cat/.ipynb_checkpoints/1.jpg',
        '.ipynb_checkpoints/x.jpg',
        'dog/1.jpg',
        '__MACOSX/cat/1.jpg',
      ],
      ['cat', 'dog'],
      '1001',
    ],
  ])('gives each image one label: %s', async (_, paths, labels, y) => {
    const set = await open(paths);
    expect([set.labels, set.y.join(''), set.splits]).toEqual([labels, y, undefined]);
  });

  it('takes folders called train, val and test above the classes as official parts', async () => {
    const set = await open(['train/cat/1.jpg', 'train/dog/2.jpg', 'val/cat/3.jpg', 'test/dog/4.jpg']);
    const rows = set.ids.map((id, row) => [id, set.splits![row], set.y.slice(row * 2, row * 2 + 2).join('')]);
    expect(rows).toEqual([
      ['test/dog/4.jpg', 'test', '01'],
      ['train/cat/1.jpg', 'train', '10'],
      ['train/dog/2.jpg', 'train', '01'],
      ['val/cat/3.jpg', 'validation', '10'],
    ]);
  });

  it('takes the order of labels, and classes without images, from labels', async () => {
    const set = await open(['cat/1.jpg', 'dog/1.jpg'], { labels: ['dog', 'cow', 'cat'] });
    expect([set.labels, set.y.join('')]).toEqual([['dog', 'cow', 'cat'], '001100']);
    await expect(open(['cat/1.jpg', 'dgo/1.jpg'], { labels: ['dog', 'cat'] })).rejects.toMatchObject({
      name: 'UnknownLabelError',
      message: expect.stringContaining('received "dgo"'),
    });
  });

  it('opens the images from disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'thaw-classes-'));
    folders.push(folder);
    for (const [i, name] of ['cat', 'dog'].entries()) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, '1.png'), pngs[i]);
    }
    const set = await openImageFolder(folder);
    expect([set.ids, set.y.join('')]).toEqual([['cat/1.png', 'dog/1.png'], '1001']);
    expect((await set.image(1)).data[0]).toBe(1);
  });

  it.each([
    ['images beside the folders', ['cat/1.jpg', 'dog/1.jpg', 'x.jpg']],
    ['images beside the folders of a part', ['train/cat/1.jpg', 'train/dog/1.jpg', 'test/x.jpg']],
    ['parts without classes', ['train/1.jpg', 'test/1.jpg']],
    ['one folder, which is no choice', ['cat/1.jpg', 'cat/2.jpg']],
    ['folders whose names say nothing', ['images_001/1.jpg', 'images_002/2.jpg']],
  ])('refuses %s, as there are no labels then', async (_, paths) => {
    await expect(open(paths)).rejects.toMatchObject({
      name: 'DatasetFileError',
      message: expect.stringMatching(/have no labels beside them.*a folder a class that holds them all/),
    });
  });

  it("refuses Hugging Face's save_to_disk by name, and says the way round", async () => {
    const paths = ['dataset_dict.json', 'train/data-00000-of-00001.arrow', 'train/state.json'];
    await expect(open(paths)).rejects.toMatchObject({
      name: 'DatasetFileError',
      message: expect.stringMatching(
        /Arrow files \(train\/data-00000-of-00001\.arrow\).*Open it with openArrow/,
      ),
    });
  });
});
