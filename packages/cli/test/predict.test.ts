import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '@thawjs/core';
import { openCsv } from '@thawjs/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thaw } from './thaw';
import { drawImages, saveTinyModel } from './tiny-run';

let folder: string;
let expected: number[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-predict-'));
  await drawImages(folder, 6);
  await saveTinyModel(folder);
  const data = await openCsv(join(folder, 'labels.csv'), { root: join(folder, 'images') });
  const { data: scores } = await (await load(join(folder, 'model'))).predict(data);
  expected = [...scores];
});
afterAll(() => rm(folder, { recursive: true }));

const cpu = () => ['--backend', 'cpu', '--model', folder];
const predict = (...argv: string[]) => thaw('predict', ...argv, ...cpu());

describe('thaw predict', () => {
  it('writes a line of JSON an image, in the order of names, with the probabilities of predict', async () => {
    const { code, stdout } = await predict(join(folder, 'images'), '--json');
    expect(code).toBe(0);
    const rows = stdout.split('\n').map((line) => JSON.parse(line));
    expect(rows.map(({ image }) => image)).toEqual(
      [0, 1, 2, 3, 4, 5].map((i) => join(folder, 'images', `${i}.png`)),
    );
    for (const [i, { labels }] of rows.entries()) {
      const red = labels.find(({ label }: { label: string }) => label === 'Red');
      expect(red.probability).toBeCloseTo(expected[2 * i], 6);
      expect(red.predicted).toBe(red.probability >= 0.5);
      expect(labels[0].probability).toBeGreaterThanOrEqual(labels[1].probability);
    }
  });

  it('writes a table, into a file too', async () => {
    const out = join(folder, 'out', 'scores.csv');
    const { stdout } = await predict(join(folder, 'images', '2.png'), '--csv', '--out', out);
    expect(stdout).toBe(out);
    const [header, row, ...more] = (await readFile(out, 'utf8')).trim().split('\n');
    expect([header, more]).toEqual(['image_id,Red,Bright', []]);
    expect(Number(row.split(',')[1])).toBeCloseTo(expected[4], 6);
  });

  it('takes thresholds and a number of labels', async () => {
    const image = join(folder, 'images', '0.png');
    const rows = async (...flags: string[]) =>
      JSON.parse((await predict(image, '--json', ...flags)).stdout).labels;
    expect((await rows('--threshold', '0')).every(({ predicted }: { predicted: boolean }) => predicted)).toBe(
      true,
    );
    expect((await rows('--threshold', '1')).some(({ predicted }: { predicted: boolean }) => predicted)).toBe(
      false,
    );
    expect(await rows('--top-k', '1')).toHaveLength(1);
  });

  it('averages an image with its mirror image', async () => {
    // images of one colour are their own mirror images
    const image = join(folder, 'images', '0.png');
    const [flipped, plain] = await Promise.all([
      predict(image, '--json', '--flip'),
      predict(image, '--json'),
    ]);
    const probability = ({ stdout }: { stdout: string }) => JSON.parse(stdout).labels[0].probability;
    expect(probability(flipped)).toBeCloseTo(probability(plain), 5);
  });

  it('three shards together are the whole, in any order', async () => {
    const shards = await Promise.all(
      ['2/3', '1/3', '3/3'].map((part) => predict(join(folder, 'images'), '--json', '--shard', part)),
    );
    const whole = await predict(join(folder, 'images'), '--json');
    const lines = shards.flatMap(({ stdout }) => stdout.split('\n'));
    expect(lines.sort()).toEqual(whole.stdout.split('\n').sort());
  });

  it('an image that cannot be read is an error that names it, or is left out', async () => {
    const bad = join(folder, 'bad.jpg');
    await writeFile(bad, 'no image');
    const good = join(folder, 'images', '1.png');
    const failed = await predict(bad, good);
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toContain('bad.jpg');
    const skipped = await predict(bad, good, '--json', '--on-problem', 'skip');
    expect([skipped.code, skipped.stdout.split('\n').length]).toEqual([0, 1]);
    expect(skipped.stderr).toContain('bad.jpg');
  });

  it.each([
    ['a model that is not there', ['--model', '/nowhere'], 1, /expected a model in \/nowhere; found none/],
    ['a shard out of range', ['--shard', '4/3'], 2, /from 1\/n to n\/n/],
    ['two forms at once', ['--csv', '--json'], 2, /cannot be used with/],
  ])('refuses %s', async (_, flags, code, message) => {
    const ended = await thaw(
      'predict',
      join(folder, 'images'),
      '--backend',
      'cpu',
      ...(flags[0] === '--model' ? [] : ['--model', folder]),
      ...flags,
    );
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
  });

  it('shows names of files with control characters, and writes them as they are as JSON', async () => {
    const name = join(folder, 'a\u001b[2J\n\u001b[31m\u202egnp.png');
    await copyFile(join(folder, 'images', '0.png'), name);
    const shown = await predict(name);
    expect(shown.stdout.split('\n')).toHaveLength(1);
    expect(shown.stdout).toContain(`${join(folder, 'a')}\ufffd[2J\ufffd\ufffd[31m\ufffdgnp.png: `);
    expect(JSON.parse((await predict(name, '--json')).stdout).image).toBe(name);
  });
});
