import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCsv, randomGenerator } from '@thawjs/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thaw } from './thaw';

const analyse = (...options: string[]) => thaw('analyse', ...options);

let folder: string;
let out: string;
let result: Awaited<ReturnType<typeof analyse>>;
const LABELS = ['Young', 'Smiling', 'Bald', 'Hat'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-analysis-'));
  const random = randomGenerator(1);
  const rows = Array.from({ length: 600 }, (_, row) => [
    `${row}.jpg`,
    `person ${row % 150}`,
    ...[0.7, 0.5, 0.1, 0.05].map((share) => +(random() < share)),
  ]);
  const csv = [['file', 'who', ...LABELS], ...rows].map((cells) => cells.join(',')).join('\n');
  await writeFile(join(folder, 'labels.csv'), csv);
  out = join(folder, 'out');
  result = await analyse(
    join(folder, 'labels.csv'),
    '--group',
    'who',
    '--without',
    'Smiling',
    '--subset',
    '60',
    '--out',
    out,
  );
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

const table = async (name: string, place = out) =>
  (await readFile(join(place, name), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(','));

describe('the analysis of a label file', () => {
  it('ends well and says what it found and where the report is', () => {
    expect(result.stderr).toBe('');
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^600 rows, 4 labels$/m);
    expect(result.stdout).toMatch(
      /^balanced subset of 60: std\/mean 0\.\d{4}, and no such subset is below 0\.\d{4}; 0 of its rows have no label$/m,
    );
    expect(result.stdout).toContain('no group is in two parts');
    expect(result.stdout).toContain(`report: ${join(out, 'report.html')}`);
  });

  it('writes every chart as SVG and PNG, and every table', async () => {
    const charts = ['class-distribution', 'co-occurrence', 'correlation', 'dendrogram', 'subset-search'];
    expect((await readdir(out)).sort()).toEqual(
      [
        ...charts.flatMap((name) => [`${name}.svg`, `${name}.png`]),
        ...['classes', 'co-occurrence', 'correlation', 'pairs', 'split', 'subset'].map(
          (name) => `${name}.csv`,
        ),
        'report.html',
        'summary.txt',
      ].sort(),
    );
    const svg = await readFile(join(out, 'class-distribution.svg'), 'utf8');
    for (const title of ['Complete', 'Without Smiling', 'Balanced subset']) expect(svg).toContain(title);
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('Correlation of labels, clustered');
  });

  it('has the counts of the file, counted anew', async () => {
    const { labels, y } = await openCsv(join(folder, 'labels.csv'), { group: 'who', images: 'ignore' });
    const [header, ...classes] = await table('classes.csv');
    expect(header.slice(0, 3)).toEqual(['label', 'positives', 'share']);
    expect(classes.map(([label]) => label)).toEqual(['Young', 'Bald', 'Hat']);
    for (const [label, positives, share] of classes) {
      const column = labels.indexOf(label);
      const count = Array.from({ length: 600 }, (_, row) => y[row * 4 + column]).filter(Boolean).length;
      expect([Number(positives), Number(share)]).toEqual([count, count / 600]);
    }
    const [, young] = await table('co-occurrence.csv');
    expect(young.slice(0, 2)).toEqual(['Young', classes[0][1]]);
    expect((await table('correlation.csv'))[1][1]).toBe('1');
    expect((await table('pairs.csv')).length).toBe(1 + 3);
  });

  it('writes the subset as a label file that opens again, and a split of it', async () => {
    const subset = await openCsv(join(out, 'subset.csv'), { images: 'ignore' });
    expect([subset.length, subset.labels]).toEqual([60, ['Young', 'Bald', 'Hat']]);
    const [, ...split] = await table('split.csv');
    expect(split.map(([id]) => id).sort()).toEqual([...subset.ids].sort());
    expect(new Set(split.map(([, part]) => part))).toEqual(new Set(['train', 'validation', 'test']));
  });

  it('leaves unknown labels out of every count: summary, tables and charts agree', async () => {
    const place = await mkdtemp(join(folder, 'unknown-'));
    // Edema is known of 26 rows, 17 of them positive; Mass of all 40, 10 positive, 5 of which have Edema, 5 unknown
    const rows = Array.from({ length: 40 }, (_, row) => [
      `${row}.png`,
      row < 17 ? 1 : row < 26 ? 0 : '',
      +(row < 5 || row >= 35),
    ]);
    const csv = [['image', 'Edema', 'Mass'], ...rows].map((cells) => cells.join(',')).join('\n');
    await writeFile(join(place, 'labels.csv'), csv);
    const report = join(place, 'out');
    const { stderr } = await analyse(join(place, 'labels.csv'), '--subset', '8', '--out', report);
    expect(stderr).toBe('');
    const summary = await readFile(join(report, 'summary.txt'), 'utf8');
    expect(summary).toMatch(/Edema\s+17\s+65\.4%/);
    const [, edema, mass] = await table('classes.csv', report);
    expect([edema[1], Number(edema[2]).toFixed(3), edema[7]]).toEqual(['17', '0.654', '26']);
    expect([mass[1], mass[2], mass[7]]).toEqual(['10', '0.25', '40']);
    // over the 26 rows in which both are known: (26·5 − 17·5) / √(17·9·5·21)
    const [, ofEdema] = await table('correlation.csv', report);
    expect(Number(ofEdema[2])).toBeCloseTo(45 / Math.sqrt(17 * 9 * 5 * 21), 12);
    const chart = await readFile(join(report, 'class-distribution.svg'), 'utf8');
    expect(chart).toContain('17 (65.4%)');
    // of the 5 rows with Mass in which Edema is known all have it; of the 17 with Edema 5 have Mass
    const together = await readFile(join(report, 'co-occurrence.svg'), 'utf8');
    expect(together).toContain('>29<');
    expect(together).not.toContain('>50<');
    const subset = await openCsv(join(report, 'subset.csv'), { images: 'ignore' });
    expect(
      subset.known === undefined
        ? 8
        : subset.known.filter((_, cell) => cell % 2 === 0).reduce((a, b) => a + b, 0),
    ).toBe(Number(edema[8]));
  }, 60_000);

  it.each([
    [
      'one column of names',
      'image;tags\na.jpg;cat|dog\nb.jpg;cat\nc.jpg;\nd.jpg;dog\n',
      'tags.csv',
      ['--tags', 'tags', '--subset', '3'],
    ],
    [
      'COCO',
      JSON.stringify({
        images: [1, 2, 3, 4].map((id) => ({ id, file_name: `${id}.jpg` })),
        categories: [{ id: 1, name: 'cat' }],
        annotations: [
          { image_id: 2, category_id: 1 },
          { image_id: 3, category_id: 1 },
        ],
      }),
      'coco.json',
      ['--subset', '3'],
    ],
    [
      'CelebA, with its contradictions',
      '4\nBald Black_Hair Smiling\n1.jpg 1 1 -1\n2.jpg -1 1 1\n3.jpg -1 -1 1\n4.jpg 1 -1 -1\n',
      'list_attr_celeba.txt',
      ['--subset', '3', '--no-contradictions'],
    ],
  ])('takes %s', async (_, text, name, options) => {
    const place = await mkdtemp(join(folder, 'other-'));
    await writeFile(join(place, name), text);
    const path = name.startsWith('list') ? place : join(place, name);
    const { code, stderr } = await analyse(path, ...options, '--out', join(place, 'out'));
    expect([stderr, code]).toEqual(['', 0]);
    const summary = await readFile(join(place, 'out', 'summary.txt'), 'utf8');
    if (name.startsWith('list')) expect(summary).toContain('1 of 4 rows have labels that exclude each other');
  });

  it.each([
    ['a label that is not there', ['--without', 'Yuong'], /^UnknownLabelError: .* Nearest: Young/],
    [
      'a subset that is too large',
      ['--subset', '601'],
      /^DatasetOptionError: balanced: expected n as a whole number from 0 to 600/,
    ],
  ])('says in a line what is wrong with %s', async (_, options, message) => {
    const { code, stderr } = await analyse(
      join(folder, 'labels.csv'),
      '--group',
      'who',
      ...options,
      '--out',
      out,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});

it.each([
  [201, /^Left out for 201 labels: charts of pairs, which have room for 200\. --only and --without/, true],
  [
    2001,
    /^Left out for 2001 labels: the chart of images per class, which has room for 1000; charts of pairs.*; tables of pairs\./,
    false,
  ],
])(
  'an analysis of %i labels leaves out what grows with their pairs, and says so',
  async (count, note, paired) => {
    const place = join(folder, String(count));
    const rows = Array.from({ length: 40 }, (_, row) => {
      const labels = Array.from({ length: count }, (_, label) => label).filter(
        (label) => label % 40 === row || label === 0,
      );
      return `${row}.jpg,${labels.map((label) => `label ${label}`).join('|')}`;
    });
    const file = `${place}.csv`;
    await writeFile(file, ['file,labels', ...rows, ''].join('\n'));
    const { code, stderr } = await analyse(file, '--tags', 'labels', '--out', place);
    expect([code, stderr]).toEqual([0, expect.stringMatching(note)]);
    const names = await readdir(place);
    expect(names).toEqual(
      expect.arrayContaining(['classes.csv', 'subset-search.png', 'report.html', 'summary.txt']),
    );
    expect(names).not.toContain('correlation.svg');
    expect(names.includes('correlation.csv')).toBe(paired);
    expect(await table('classes.csv', place)).toHaveLength(count + 1);
  },
);
