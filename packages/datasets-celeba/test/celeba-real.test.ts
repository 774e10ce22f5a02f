import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { relativeDeviation } from '@thawjs/datasets';
import { describe, expect, it } from 'vitest';
import { CelebA } from '../src/index';

const REAL = fileURLToPath(new URL('../../../../shared/celeba', import.meta.url));
const SEED_SAMPLE = fileURLToPath(
  new URL('../../../../shared/seed/attr_celeb_a_sample.csv', import.meta.url),
);
const there = existsSync(REAL) && existsSync(SEED_SAMPLE);
if (!there)
  console.warn(`skipped: the real CelebA files are not at ${REAL}, or the seed's sample not beside them`);

describe.skipIf(!there)('the real files of CelebA', () => {
  it('open whole as labels: 202,599 rows, 40 labels, the official split, 10,177 people', async () => {
    // their md5 sums are the published ones
    const faces = await CelebA.open(REAL, { images: 'ignore', verify: true });
    expect([faces.length, faces.labels.length]).toEqual([202_599, 40]);
    expect(new Set(faces.groups as Int32Array).size).toBe(10_177);
    const { train, validation, test } = faces.split({ by: 'official' });
    expect([train.length, validation.length, test.length]).toEqual([162_770, 19_867, 19_962]);
  });

  it('are not all there, which is an error unless the missing are skipped', async () => {
    await expect(CelebA.open(REAL)).rejects.toThrow(
      /198,599 of the 202,599 images that list_attr_celeba\.txt\.gz names are missing .* the first 004001\.jpg/,
    );
    const faces = await CelebA.open(REAL, { images: 'skip' });
    expect(faces.length).toBe(4000);
    const { width, height } = await faces.image(3999);
    expect([width, height]).toEqual([89, 109]);
  });

  it('give a balanced 3,900 within a ten-thousandth of its proven bound, out of all and out of the train part', async () => {
    const faces = (await CelebA.open(REAL, { images: 'ignore' })).without('Attractive');
    for (const [pool, score] of [
      [undefined, 0.2616],
      ['train', 0.2752],
    ] as const) {
      const balanced = faces.balanced(3900, pool && { pool });
      expect(balanced.length).toBe(3900);
      expect(relativeDeviation(balanced.positives())).toBeCloseTo(balanced.subset!.score, 12);
      expect(balanced.subset!.score).toBeLessThan(score);
      expect(balanced.subset!.score - balanced.subset!.bound).toBeLessThan(1e-4);
      if (pool) expect(new Set(balanced.splits)).toEqual(new Set([pool]));
    }
  });

  it('give the seed’s own 3,900 by the seed’s own search, which split without leaks and evenly', async () => {
    const faces = (await CelebA.open(REAL, { images: 'ignore' })).without('Attractive');
    const drawn = faces.balanced(3900, { method: 'draws', seed: 42 });
    expect(drawn.subset!.score.toFixed(4)).toBe('0.7226');
    const sample = await readFile(SEED_SAMPLE, 'utf8');
    const ids = sample
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.slice(0, line.indexOf(',')));
    expect(drawn.ids).toEqual(ids.sort());

    const byIdentity = drawn.split({ by: 'identity' }).balance;
    expect(byIdentity.crossingGroups).toBe(0);
    expect(byIdentity.largestDeviation.value).toBeLessThan(0.025);
    expect(drawn.split({ by: 'stratified' }).balance.largestDeviation.value).toBeLessThan(0.015);
    expect(drawn.split({ by: 'random' }).balance.largestDeviation.value).toBeGreaterThan(0.1);
    const { folds, balance } = drawn.kFold(5);
    expect(balance.crossingGroups).toBe(0);
    expect(folds.map(({ train, validation }) => train.length + validation.length)).toEqual(
      Array(5).fill(3900),
    );
  });

  it('have some thousands of contradictions, without which a balanced 3,900 is near its bound too', async () => {
    const faces = (await CelebA.open(REAL, { images: 'ignore' })).without('Attractive');
    const found = faces.contradictions();
    expect(found.rows.length).toBe(202_599 - faces.withoutContradictions().length);
    expect(String(found)).toMatch(/^5,791 of 202,599 rows/);
    for (const [pool, expected] of [
      [undefined, '0.2832'],
      ['train', '0.2959'],
    ] as const) {
      const { score, bound } = faces.withoutContradictions().balanced(3900, pool && { pool }).subset!;
      expect(score.toFixed(4)).toBe(expected);
      expect(score - bound).toBeLessThan(1e-4);
    }
  });

  it('stream as batches', async () => {
    const faces = (await CelebA.open(REAL, { images: 'skip' }))
      .sample(100)
      .augment({ flip: true, rotation: 0.02 });
    let images = 0;
    for await (const { shape, pixels } of faces.batches({ size: [64, 64], batchSize: 32, shuffle: true })) {
      expect(pixels.length).toBe(shape[0] * 64 * 64 * 3);
      images += shape[0];
    }
    expect(images).toBe(100);
  });
});
