import { copyFile, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomGenerator } from '@thawjs/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shardName } from '../src/scores/score-shard';
import { thaw } from './thaw';
import { drawImages, saveTinyModel } from './tiny-run';

const IMAGES = 70;
const COUNT = 64;
const fixtures = join(import.meta.dirname, 'fixtures');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-merge-'));
  await drawImages(folder, IMAGES);
  await saveTinyModel(folder);
  // Three labels aren't known.
  const csv = join(folder, 'labels.csv');
  const lines = (await readFile(csv, 'utf8')).split('\n');
  for (const row of [3, 20, 41]) lines[row] = lines[row].replace(/,\d$/, ',');
  await writeFile(csv, lines.join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

const cpu = () => ['--backend', 'cpu', '--model', folder];
const data = () => [join(folder, 'images'), join(folder, 'labels.csv')];
const evaluate = (...argv: string[]) => thaw('evaluate', ...data(), ...argv, ...cpu());
const predict = (...argv: string[]) => thaw('predict', join(folder, 'images'), ...argv, ...cpu());

describe('thaw merge', () => {
  it('64 shards, run in any order and some of them twice, are one pass', async () => {
    const shards = join(folder, 'evaluated');
    const random = randomGenerator(5);
    const order = Array.from({ length: COUNT }, (_, i) => i + 1)
      .flatMap((part) => (part % 9 === 0 ? [part, part] : [part]))
      .map((part) => ({ part, key: random() }))
      .sort((a, b) => a.key - b.key);
    for (const { part } of order) {
      const { code, stderr } = await evaluate('--shard', `${part}/${COUNT}`, '--out', shards);
      expect([code, stderr]).toEqual([0, expect.any(String)]);
    }
    expect(await readdir(shards)).toHaveLength(2 * COUNT);
    const merged = await thaw('merge', shards, '--out', join(folder, 'merged'));
    const whole = await evaluate('--out', join(folder, 'whole'));
    expect(merged.code).toBe(0);
    expect(merged.stdout).toBe(whole.stdout);
    for (const name of ['evaluation.json', 'scores.csv']) {
      expect(await readFile(join(folder, 'merged', name), 'utf8')).toBe(
        await readFile(join(folder, 'whole', name), 'utf8'),
      );
    }
    const { states } = JSON.parse(await readFile(join(folder, 'merged', 'accumulators.json'), 'utf8'));
    const { tp, fp, fn, tn } = states.confusionCounts;
    const { perClass } = JSON.parse(await readFile(join(folder, 'whole', 'evaluation.json'), 'utf8'));
    for (const [label, one] of perClass.entries()) {
      expect(tp[label] / (tp[label] + fn[label])).toBeCloseTo(one.recall, 12);
      expect(tn[label] / (tn[label] + fp[label])).toBeCloseTo(one.specificity, 12);
      expect(tp[label] + fp[label] + fn[label] + tn[label]).toBe(label === 1 ? IMAGES - 3 : IMAGES);
    }
  }, 120_000);

  it('a shard that is there is not computed again, and one that is missing is', async () => {
    const out = join(folder, 'predicted');
    for (const part of [1, 2, 3]) await predict('--shard', `${part}/3`, '--out', out);
    const place = (index: number) => join(out, shardName('scores', { index, count: 3 }));
    const before = await stat(place(0));
    await rm(place(1));
    const [there, missing] = [
      await predict('--shard', '1/3', '--out', out),
      await predict('--shard', '2/3', '--out', out),
    ];
    expect(there.stderr).toContain('shard 1 of 3 is there already');
    expect([missing.code, missing.stdout]).toEqual([0, place(1)]);
    expect((await stat(place(0))).mtimeMs).toBe(before.mtimeMs);
    const { code, stdout } = await thaw('merge', out, '--out', join(folder, 'table'));
    expect([code, stdout]).toEqual([0, join(folder, 'table', 'scores.csv')]);
    const whole = await predict('--csv');
    expect(await readFile(stdout, 'utf8')).toBe(`${whole.stdout}\n`);
  });

  it('names images that could not be read, and counts them as there', async () => {
    const images = join(folder, 'with-bad');
    await cp(join(folder, 'images'), images, { recursive: true });
    await writeFile(join(images, '5.png'), 'no image');
    const out = join(folder, 'skipped');
    for (const part of [1, 2]) {
      await thaw('predict', images, '--shard', `${part}/2`, '--out', out, '--on-problem', 'skip', ...cpu());
    }
    const { code, stderr, stdout } = await thaw('merge', out, '--out', join(folder, 'skipped-table'));
    expect(code).toBe(0);
    expect(stderr).toContain('5.png');
    expect((await readFile(stdout, 'utf8')).trim().split('\n')).toHaveLength(IMAGES);
  });

  const part = (index: number) => shardName('scores', { index, count: 3 });
  it.each<[string, RegExp, (out: string) => Promise<unknown>]>([
    ['a missing shard', /scores-00002-of-00003\.jsonl are missing/, (out) => rm(join(out, part(1)))],
    [
      'a shard that is there twice',
      /both shard 1 of 3/,
      (out) => copyFile(join(out, part(0)), join(out, 'scores-00009-of-00003.jsonl')),
    ],
    [
      'a shard of another job',
      /of another model, images or options/,
      async (out) =>
        writeFile(
          join(out, part(2)),
          (await readFile(join(out, part(2)), 'utf8')).replace(/"job":"./, '"job":"x'),
        ),
    ],
    [
      'a row of another shard',
      /row 1 isn't .* of this shard/,
      async (out) => {
        const [first, second] = await Promise.all([0, 1].map((i) => readFile(join(out, part(i)), 'utf8')));
        const [, row] = first.split('\n');
        const [header, , ...rows] = second.split('\n');
        await writeFile(join(out, part(1)), [header, row, ...rows].join('\n'));
      },
    ],
    [
      'a row that is there twice',
      /don't overlap; .*\.png is in/,
      async (out) => {
        const [header, row, , ...rows] = (await readFile(join(out, part(1)), 'utf8')).split('\n');
        await writeFile(join(out, part(1)), [header, row, row, ...rows].join('\n'));
      },
    ],
    [
      'a shard that is cut',
      /has 22 of 23 rows/,
      async (out) => {
        const lines = (await readFile(join(out, part(1)), 'utf8')).split('\n');
        await writeFile(join(out, part(1)), [...lines.slice(0, -2), ''].join('\n'));
      },
    ],
    [
      'a file of another kind',
      /first line is not that of thaw-scores/,
      (out) => writeFile(join(out, part(1)), '{}\n'),
    ],
    [
      'a folder without shards',
      /found none/,
      (out) => rm(out, { recursive: true }).then(() => drawImages(out, 1)),
    ],
  ])('refuses %s by name', async (_, message, damage) => {
    const out = await mkdtemp(join(folder, 'damaged-'));
    for (const number of [1, 2, 3]) await predict('--shard', `${number}/3`, '--out', out);
    await damage(out);
    const { code, stderr } = await thaw('merge', out, '--out', join(folder, 'never'));
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('refuses to run a shard into the folder of another job', async () => {
    const out = join(folder, 'others');
    await predict('--shard', '1/3', '--out', out);
    const other = await predict('--shard', '1/3', '--out', out, '--flip');
    expect([other.code, other.stderr]).toEqual([
      1,
      expect.stringMatching(/of another model, other images or other options/),
    ]);
  });
});

describe('thaw evaluate --from', () => {
  const from = () => [0, 1].map((i) => join(fixtures, `scores-${i}.parquet`));
  const six = async () => {
    const csv = join(folder, 'six.csv');
    await writeFile(
      csv,
      'file,Red,Bright\n0.png,1,0\n1.png,1,1\n2.png,0,1\n3.png,0,\n4.png,1,0\n5.png,0,1\n',
    );
    return [join(folder, 'images'), csv];
  };

  it('gives the numbers of scores in parquet files', async () => {
    const { code, stdout } = await thaw(
      'evaluate',
      ...(await six()),
      '--model',
      folder,
      '--json',
      '--from',
      ...from(),
    );
    expect(code).toBe(0);
    const { perClass } = JSON.parse(stdout);
    // Red: positives .9 .4 .7, negatives .8 .1 .2: of 9 pairs, 2 are in the wrong order.
    expect(perClass[0].auc).toBeCloseTo(7 / 9, 12);
    expect(perClass[0].recall).toBeCloseTo(2 / 3, 12);
    expect(perClass[0].precision).toBeCloseTo(2 / 3, 12);
    // Bright: positives .7 .6 .55, negatives .2 .1; one label isn't known.
    expect([perClass[1].auc, perClass[1].recall, perClass[1].specificity]).toEqual([1, 1, 1]);
  });

  it('gives the numbers of shards, as one process does', async () => {
    const out = join(folder, 'from-shards');
    for (const number of [1, 2]) await predict('--shard', `${number}/2`, '--out', out);
    const files = (await readdir(out)).map((name) => join(out, name));
    const scored = await evaluate('--json', '--from', ...files);
    expect(JSON.parse(scored.stdout)).toEqual(JSON.parse((await evaluate('--json')).stdout));
  });

  it.each<[string, RegExp, () => string[]]>([
    ['images without scores', /3 have none, the first 1\.png/, () => from().slice(0, 1)],
    ['an image twice', /each image once; 0\.png/, () => [from()[0], from()[0]]],
    ['a file of another kind', /expected \.parquet files/, () => [join(folder, 'labels.csv')]],
  ])('refuses %s', async (_, message, files) => {
    const { code, stderr } = await thaw(
      'evaluate',
      ...(await six()),
      '--model',
      folder,
      '--from',
      ...files(),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});

describe('shards that were changed', () => {
  const job = { job: 'x', labels: ['a', 'b'], thresholds: [0.5, 0.5], images: 1, skipped: [], rows: 1 };
  const header = { format: 'thaw-scores', version: 1, ...job, shard: { index: 0, count: 1 } };
  const row = { row: 0, id: 'a.png', scores: [0.1, 0.9] };

  it.each<[string, object, unknown, RegExp]>([
    ['a header without labels', { labels: undefined }, row, /first line is not that of thaw-scores/],
    ['a header without a shard', { shard: null }, row, /first line is not that of thaw-scores/],
    ['an index beyond the count', { shard: { index: 1, count: 1 } }, row, /first line is not that/],
    ['thresholds of other labels', { thresholds: [0.5] }, row, /first line is not that/],
    ['skipped images that are no list', { skipped: 3 }, row, /first line is not that/],
    ['a row that is null', {}, null, /row 1 isn't \{ row, id, scores \}/],
    ['a score that is a text', {}, { ...row, scores: ['x', 0] }, /row 1 isn't/],
    ['a row of another shard', { shard: { index: 1, count: 2 } }, row, /row 1 isn't/],
    ['a label of 2', {}, { ...row, y: [2, 0] }, /row 1 isn't/],
    ['a billion shards', { shard: { index: 0, count: 1e9 } }, row, /999999994 more are missing/],
  ])('%s: refused in a sentence', async (_, change, line, message) => {
    const place = await mkdtemp(join(tmpdir(), 'thaw-shards-'));
    const text = [{ ...header, ...change }, line].map((one) => `${JSON.stringify(one)}\n`).join('');
    await writeFile(join(place, 'scores-00001-of-00001.jsonl'), text);
    const { code, stderr } = await thaw('merge', place, '--out', join(place, 'out'));
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
    await rm(place, { recursive: true });
  });
});
