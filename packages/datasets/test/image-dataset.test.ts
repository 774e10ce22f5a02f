import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import {
  DatasetShapeError,
  fileImages,
  ImageDataset,
  memoryImages,
  NoImagesError,
  RowRangeError,
  UnknownLabelError,
} from '../src/index';
import { greyPngs } from './grey-pngs';

const records = {
  ids: ['a', 'b', 'c', 'd'],
  labels: ['Smiling', 'Bald', 'Wearing_Hat'],
  y: Uint8Array.from([1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 1]),
  groups: Int32Array.from([5, 5, 6, 7]),
  groupName: 'identity',
  splits: ['train', 'train', 'validation', 'test'] as const,
};
let files: Uint8Array[];
let folder: string;

beforeAll(async () => {
  files = await greyPngs(4);
  folder = await mkdtemp(join(tmpdir(), 'thaw-datasets-'));
});

afterAll(() => rm(folder, { recursive: true }));

const dataset = () => new ImageDataset({ ...records, images: memoryImages(files) });

describe('ImageDataset', () => {
  it('has its columns at once', () => {
    const { length, ids, labels, y, groups, splits, augmentation } = dataset();
    expect({ length, ids, labels, y, groups, splits }).toEqual({
      length: 4,
      ids: records.ids,
      labels: records.labels,
      y: records.y,
      groups: records.groups,
      splits: records.splits,
    });
    expect(augmentation).toBeUndefined();
  });

  it('is what a training loop asks of a data set, by its shape alone', () => {
    interface LabelledImages {
      readonly length: number;
      readonly ids: readonly string[];
      readonly labels: readonly string[];
      readonly y: Uint8Array;
      readonly augmentation?: object;
      batches(options: {
        readonly size: readonly [height: number, width: number];
        readonly batchSize: number;
        readonly shuffle?: boolean;
        readonly seed?: number;
        readonly epoch?: number;
        readonly signal?: AbortSignal;
      }): AsyncIterable<{
        readonly rows: Int32Array;
        readonly pixels: Uint8Array | Float32Array;
        readonly shape: readonly [number, number, number, number];
        readonly y: Uint8Array;
      }>;
    }
    expectTypeOf<ImageDataset>().toExtend<LabelledImages>();
  });

  it('drops labels with without, keeps and orders them with only', () => {
    expect(dataset().without('Bald').labels).toEqual(['Smiling', 'Wearing_Hat']);
    expect([...dataset().without('Bald').y]).toEqual([1, 0, 1, 0, 0, 1, 1, 1]);
    expect(dataset().only('Wearing_Hat', 'Smiling').labels).toEqual(['Wearing_Hat', 'Smiling']);
    expect([...dataset().only('Wearing_Hat', 'Smiling').y]).toEqual([0, 1, 0, 1, 1, 0, 1, 1]);
  });

  it('names the nearest labels for one that it does not have', () => {
    expect(() => dataset().without('Hat')).toThrow(UnknownLabelError);
    expect(() => dataset().only('smilling')).toThrow(
      'only: expected a label of this dataset (3 in all), received "smilling". Nearest: Smiling, ',
    );
    expect(() => dataset().filter((row) => row.has('Bold'))).toThrow(/Nearest: Bald/);
  });

  it('selects and filters rows with all their columns', () => {
    const chosen = dataset().select([3, 0]);
    expect(chosen.ids).toEqual(['d', 'a']);
    expect([...chosen.y]).toEqual([1, 0, 1, 1, 0, 0]);
    expect([...chosen.groups!]).toEqual([7, 5]);
    expect(chosen.splits).toEqual(['test', 'train']);
    expect(dataset().filter((row) => row.has('Smiling') && row.split === 'train').ids).toEqual(['a', 'b']);
    expect(dataset().filter(({ group }) => group === 6).ids).toEqual(['c']);
    expect(dataset().filter(({ id, row }) => id === 'b' || row === 3).ids).toEqual(['b', 'd']);
  });

  it('keeps groups that are names', () => {
    const named = new ImageDataset({ ...records, groups: ['x', 'x', 'y', 'z'] });
    expect(named.select([2]).groups).toEqual(['y']);
  });

  it('leaves the dataset that it comes from as it was', () => {
    const whole = dataset();
    whole.without('Bald').select([0]).augment({ flip: true });
    expect(whole.y).toEqual(records.y);
    expect([whole.length, whole.labels.length, whole.augmentation]).toEqual([4, 3, undefined]);
  });

  it('gives datasets of its own class', () => {
    class Faces extends ImageDataset {}
    const faces = new Faces(records);
    expect(faces.without('Bald').split({ by: 'official' }).test).toBeInstanceOf(Faces);
  });

  it('balances within a pool and tells how near the best it came, until rows or labels change', () => {
    const chosen = dataset().balanced(2);
    // one of each label: as balanced as can be
    expect(chosen.ids).toEqual(['b', 'c']);
    expect(chosen.subset).toEqual({ score: 0, bound: 0, emptyRows: 0, method: 'search' });
    expect(chosen.summary()).toContain(
      'balanced subset by search: 0.0000, and no such subset is below 0.0000; 0 of its rows have no label',
    );
    expect(chosen.augment({ flip: true }).subset).toEqual(chosen.subset);
    expect([chosen.select([0]).subset, chosen.without('Bald').subset, dataset().subset]).toEqual(
      Array(3).fill(undefined),
    );
    expect(dataset().balanced(2, { pool: 'train' }).ids).toEqual(['a', 'b']);
    expect(dataset().balanced(2, { pool: (row) => row.has('Wearing_Hat') }).ids).toEqual(['c', 'd']);
    const single = dataset().balanced(2, { perGroup: 1 });
    expect(new Set<number | string>(single.groups).size).toBe(2);
    const { splits: _, ...unsplit } = records;
    expect(() => new ImageDataset(unsplit).balanced(1, { pool: 'train' })).toThrow(
      /pool "train" needs the authors' split/,
    );
  });

  it('divides into parts and folds, with their balance', () => {
    const { train, test, balance } = dataset().split({ by: 'official' });
    expect([train.length, test.length, balance.by, balance.crossingGroups]).toEqual([2, 1, 'official', 0]);
    const { folds, balance: ofFolds } = dataset().kFold(3);
    expect(ofFolds.crossingGroups).toBe(0);
    for (const { train: others, validation } of folds) {
      expect([...others.ids, ...validation.ids].sort()).toEqual(records.ids);
      expect(others.ids.some((id) => validation.ids.includes(id))).toBe(false);
    }
    const official = dataset().kFold(2, { by: 'official' });
    expect(official.test!.ids).toEqual(['d']);
    expect(official.folds.flatMap(({ validation }) => validation.ids).sort()).toEqual(['a', 'b', 'c']);
  });

  it('maps labels to others, unknown ones among them', () => {
    const mapped = dataset().map({
      Bare: (row) => !row.has('Wearing_Hat'),
      Happy: (row) => (row.has('Bald') ? undefined : row.has('Smiling')),
    });
    expect(mapped.labels).toEqual(['Bare', 'Happy']);
    expect([...mapped.y]).toEqual([1, 1, 1, 0, 0, 0, 0, 1]);
    expect([...mapped.known!]).toEqual([1, 1, 1, 0, 1, 1, 1, 1]);
    expect(mapped.filter((row) => row.knows('Happy')).ids).toEqual(['a', 'c', 'd']);
    expect([...mapped.only('Happy').select([1, 0]).known!]).toEqual([0, 1]);
    expect(dataset().map({ Hat: (row) => row.has('Wearing_Hat') }).known).toBeUndefined();
    expect(mapped.summary()).toContain('12.5% of the labels are unknown');
    expect(mapped.summary()).toMatch(/Happy {2}2 {3}66\.7%/);
  });

  it('gives what is known with its batches', async () => {
    const mapped = dataset().map({ Happy: (row) => (row.has('Bald') ? undefined : row.has('Smiling')) });
    const seen: number[] = [];
    for await (const { known } of mapped.batches({ size: [2, 2], batchSize: 3 })) seen.push(...known!);
    expect(seen).toEqual([1, 0, 1, 1]);
    for await (const { known } of dataset().batches({ size: [2, 2], batchSize: 4 }))
      expect(known).toBeUndefined();
  });

  it('joins datasets, each row with its own image', async () => {
    const joined = dataset()
      .select([3, 0])
      .concat(dataset().select([2]), dataset());
    expect(joined.ids).toEqual(['d', 'a', 'c', 'a', 'b', 'c', 'd']);
    expect([...joined.groups!]).toEqual([7, 5, 6, 5, 5, 6, 7]);
    expect([...joined.y.subarray(0, 6)]).toEqual([1, 0, 1, 1, 0, 0]);
    for (const [row, grey] of [3, 0, 2, 0, 1, 2, 3].entries()) {
      expect((await joined.image(row)).data[0]).toBe(grey);
    }
    const named = new ImageDataset({ ...records, groups: ['x', 'x', 'y', '6'] });
    expect(new ImageDataset(records).concat(named).groups).toEqual(['5', '5', '6', '7', 'x', 'x', 'y', '6']);
    const unknown = dataset().map({ A: () => undefined });
    expect([
      ...dataset()
        .map({ A: () => true })
        .concat(unknown).known!,
    ]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it.each([
    [
      'labels',
      () => dataset().without('Bald'),
      /expected datasets with the labels Smiling, Bald, Wearing_Hat; received Smiling, Wearing_Hat/,
    ],
    ['images', () => new ImageDataset(records), /all have images or none/],
    ['augmentation', () => dataset().augment({ flip: true }), /the same augmentation/],
    ['framing', () => dataset().crop('cover'), /not cropped or aligned/],
  ])('refuses to join datasets of other %s', (_, other, message) => {
    expect(() => dataset().concat(other())).toThrow(DatasetShapeError);
    expect(() => dataset().concat(other())).toThrow(message);
  });

  it('finds labels that exclude each other, and leaves their rows out', () => {
    const exclusions = [
      ['Smiling', 'Wearing_Hat'],
      ['Smiling', 'Bald', 'Wearing_Hat'],
    ];
    const found = dataset().contradictions(exclusions);
    expect([...found.rows]).toEqual([1, 3]);
    expect(found.broken.map(({ count }) => count)).toEqual([1, 2]);
    expect(String(found)).toMatchInlineSnapshot(`
      "2 of 4 rows have labels that exclude each other
                2  Smiling and Bald and Wearing_Hat
                1  Smiling and Wearing_Hat"
    `);
    expect(dataset().withoutContradictions(exclusions).ids).toEqual(['a', 'c']);
    expect(() => dataset().contradictions([['Bald', 'Hair']])).toThrow(UnknownLabelError);
  });

  it('finds what an image lacks too, as far as it is known', () => {
    const rows = { ids: ['neither', 'both', 'unknown'], labels: ['Male', 'No_Beard'] };
    const y = Uint8Array.of(0, 0, 1, 1, 0, 0);
    const woman = [[{ not: 'Male' }, { not: 'No_Beard' }]];
    const certain = new ImageDataset({ ...rows, y });
    expect([...certain.contradictions(woman).rows]).toEqual([0, 2]);
    expect(String(certain.contradictions(woman))).toMatch('2  not Male and not No_Beard');
    const partly = new ImageDataset({ ...rows, y, known: Uint8Array.of(1, 1, 1, 1, 1, 0) });
    expect([...partly.contradictions(woman).rows]).toEqual([0]);
  });

  it('samples without replacement, in order, by seed', () => {
    const many = new ImageDataset({
      ids: Array.from({ length: 100 }, (_, i) => `${i}`),
      labels: ['x'],
      y: new Uint8Array(100),
    });
    const ids = many.sample(10, { seed: 1 }).ids.map(Number);
    expect(new Set(ids).size).toBe(10);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(many.sample(10, { seed: 1 }).ids).toEqual(many.sample(10, { seed: 1 }).ids);
    expect(many.sample(10, { seed: 2 }).ids).not.toEqual(many.sample(10, { seed: 1 }).ids);
    expect(many.sample(1000).length).toBe(100);
  });

  it('counts positives and sums them up in words', () => {
    expect([...dataset().positives()]).toEqual([3, 1, 2]);
    expect(dataset().augment({ flip: true }).summary()).toMatchInlineSnapshot(`
      "4 images, 3 labels
      3 groups by identity
      official split: train 2, validation 1, test 1
      augmented: flip
      1.50 labels an image; std/mean of positives per label 0.4082
        Smiling      3   75.0%
        Wearing_Hat  2   50.0%
        Bald         1   25.0%"
    `);
    expect(new ImageDataset({ ids: [], labels: ['x'], y: new Uint8Array(0) }).summary()).toBe(
      '0 rows without images, 1 labels',
    );
  });

  it('counts labels an image over the images of which something is known', () => {
    const known = new Uint8Array([1, 1, 1, 0, 0, 0]);
    const rows = {
      ids: ['a', 'b', 'c'],
      labels: ['Edema', 'Mass'],
      y: new Uint8Array([1, 1, 1, 0, 0, 0]),
      known,
    };
    expect(new ImageDataset(rows).summary()).toContain('1.50 labels an image');
  });

  it('refuses a pool that there is not, and misspelt options of balanced', () => {
    expect(() => dataset().balanced(1, { pool: 'valid' as 'train' })).toThrow(
      /pool to be 'train', .* received "valid"/,
    );
    expect(() => dataset().balanced(1, { perGruop: 1 } as object)).toThrow(/Did you mean "perGroup"/);
  });

  it('takes augmentation on and off', () => {
    const augmented = dataset().augment({ rotation: 0.02 });
    expect(augmented.select([1]).augmentation).toMatchObject({ flip: false, rotation: 0.02, zoom: 0 });
    expect(augmented.augment({}).augmentation).toBeUndefined();
  });

  it('gives one image decoded, or its file as it is', async () => {
    const row = dataset().select([2]);
    expect(await row.bytes(0)).toBe(files[2]);
    const { data, width, height } = await row.image(0);
    expect([width, height, data[0]]).toEqual([6, 5, 2]);
  });

  it('reads images that are files, and names the one that is not there', async () => {
    await writeFile(join(folder, 'a.png'), files[1]);
    const paths = ['a.png', 'b.png', 'c.png', 'd.png'].map((name) => join(folder, name));
    const onDisk = new ImageDataset({ ...records, images: fileImages(paths) });
    expect((await onDisk.image(0)).data[0]).toBe(1);
    await expect(onDisk.image(1)).rejects.toThrow(/^image "b" \(.*b\.png\): could not read it: ENOENT/);
  });

  it.each([4, -1, 0.5])('refuses row %s', async (row) => {
    expect(() => dataset().select([row])).toThrow(RowRangeError);
    await expect(dataset().image(row)).rejects.toThrow('image: expected rows as whole numbers from 0 to 3');
    await expect(dataset().bytes(row)).rejects.toThrow(RowRangeError);
  });

  it('refuses images of a dataset without any', async () => {
    const bare = new ImageDataset(records);
    expect(() => bare.batches({ size: [2, 2], batchSize: 1 })).toThrow(NoImagesError);
    await expect(bare.image(0)).rejects.toThrow('image: this dataset was made without images');
  });

  it.each([
    ['y of another length', { y: new Uint8Array(11) }, /rows × labels = 4 × 3 = 12 values; received 11/],
    [
      'a y that is not 0 or 1',
      { y: Uint8Array.from([1, 0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 1]) },
      /received 2 for "Smiling" of "b"/,
    ],
    ['groups of another length', { groups: ['x'] }, /groups with one entry a row, 4; received 1/],
    ['splits of another length', { splits: [] }, /splits with one entry a row/],
    [
      'known of another length',
      { known: new Uint8Array(3) },
      /known with a value for each of y, 12; received 3/,
    ],
    ['a positive that is unknown', { known: new Uint8Array(12) }, /received 1 for "Smiling" of "a"/],
    ['a label twice', { labels: ['A', 'B', 'A'] }, /received "A" twice/],
    ['image numbers without images', { imageIndices: new Int32Array(4) }, /imageIndices without the images/],
  ])('refuses %s', (_, wrong, message) => {
    const make = () => new ImageDataset({ ...records, ...wrong });
    expect(make).toThrow(DatasetShapeError);
    expect(make).toThrow(message);
  });

  it.each([-1, 1.5, 5])('refuses to balance %s of 4 rows', (n) => {
    expect(() => dataset().balanced(n)).toThrow(/balanced: expected n as a whole number/);
  });
});
