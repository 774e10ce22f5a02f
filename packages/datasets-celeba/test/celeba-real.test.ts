import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CelebA } from '../src/index';

const REAL = fileURLToPath(new URL('../../../../shared/celeba', import.meta.url));
const there = existsSync(REAL);
if (!there) console.warn(`skipped: the real CelebA files are not at ${REAL}`);

describe.skipIf(!there)('the real files of CelebA', () => {
  it('open whole as labels: 202,599 rows, 40 labels, the official split, 10,177 people', async () => {
    const faces = await CelebA.open(REAL, { images: 'ignore' });
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

  it('split by identity with nobody on two sides and every label’s share within 5%', async () => {
    const faces = (await CelebA.open(REAL, { images: 'skip' })).without('Attractive');
    const { train, validation, test } = faces.split({ by: 'identity' });
    const people = [train, validation, test].map((part) => new Set(part.groups as Int32Array));
    expect(people.reduce((sum, part) => sum + part.size, 0)).toBe(new Set(faces.groups as Int32Array).size);
    const whole = faces.positives();
    for (const part of [train, validation, test]) {
      part.positives().forEach((count, label) => {
        expect(Math.abs(count / part.length / (whole[label]! / faces.length) - 1)).toBeLessThan(0.05);
      });
    }
  });

  it('give a balanced 3,900 at the bound that is proven for it', async () => {
    const faces = (await CelebA.open(REAL, { images: 'ignore' })).without('Attractive').balanced(3900);
    expect(faces.length).toBe(3900);
    const counts = [...faces.positives()];
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const deviation =
      Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length) / mean;
    expect(deviation).toBeLessThan(0.2616);
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
