import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBestBackend } from '@thawjs/backends';
import { classifier, faceResnet, phase } from '@thawjs/core';
import { mixImages } from '@thawjs/datasets';
import { CelebA } from '@thawjs/datasets-celeba';
import { expect, test } from 'vitest';
import { writeSyntheticFaces } from '../src/synthetic-faces';

test('faces mixed with each other train a head on labels between 0 and 1', async () => {
  await useBestBackend({ log: () => {} });
  const folder = await mkdtemp(join(tmpdir(), 'thaw-mixed-faces-'));
  await writeSyntheticFaces(folder, { count: 24 });
  const faces = (await CelebA.open(folder)).only('Smiling', 'Male');
  const model = classifier(await faceResnet({ inputSize: [103, 103] }), { labels: faces.labels });
  const mixed = mixImages(faces, { mixup: 1 });
  const soft: number[] = [];
  const loss = (train: typeof mixed | typeof faces) =>
    phase(model, { name: 'head', train, epochs: 1, learningRate: 1e-3, batchSize: 8 }).then(
      ({ history }) => history[0].loss,
    );
  for await (const { y } of mixed.batches({ size: [103, 103], batchSize: 24 })) soft.push(...y);
  expect(soft.some((label) => label > 0.1 && label < 0.9)).toBe(true);
  expect(await loss(mixed)).toBeGreaterThan(0);
  expect(await loss(faces)).toBeGreaterThan(0);
});
