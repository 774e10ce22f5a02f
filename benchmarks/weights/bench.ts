// The cost of smaller weights of a saved model: size and macro AUC on real faces, by how kernels are stored.
// `npx pnpm bench weights`. The faces are in ../shared/celeba, or in the folder THAW_CELEBA.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBestBackend } from '../../packages/backends/src/index';
import {
  type Backbone,
  backbone,
  classifier,
  faceResnet,
  fineTune,
  load,
  progress,
} from '../../packages/core/src/index';
import { CelebA } from '../../packages/datasets-celeba/src/index';
import { averagePrecisionScore, rocAucScore } from '../../packages/metrics/src/index';
import { table, writePage } from '../write-results';

const IMAGES = 1600;
const data = process.env.THAW_CELEBA ?? join(import.meta.dirname, '../../../shared/celeba');
const backend = await useBestBackend({ prefer: ['native'], log: console.error });
const all = await CelebA.open(data, { images: 'skip' });
const { train, validation, test } = all
  .without('Attractive')
  .sample(IMAGES, { seed: 1 })
  .split({ by: 'identity', seed: 1 });

const networks: Readonly<Record<string, () => Promise<Backbone>>> = {
  'EfficientNet-Lite0': () => backbone('efficientnet_lite0', { inputSize: [192, 160] }),
  'face network': () => faceResnet({ inputSize: [150, 150] }),
};
const among = { average: 'macro', undefined: 'skip' } as const;
const rows: string[][] = [];
const folder = mkdtempSync(join(tmpdir(), 'thaw-weights-'));
for (const [name, make] of Object.entries(networks)) {
  const model = classifier(await make(), { labels: train.labels });
  await fineTune(model, {
    train,
    validation,
    head: {},
    thaw: { epochs: 1, learningRate: 2e-4 },
    callbacks: [progress({ log: console.error })],
  });
  const exact = await model.predict(test);
  for (const weights of ['float32', 'float16', 'int8'] as const) {
    await model.save(folder, { weights });
    const saved = await load(folder);
    const scores = await saved.predict(test);
    const differences = scores.data.map((score, i) => Math.abs(score - exact.data[i]));
    const flipped = scores.data.filter((score, i) => {
      const threshold = model.thresholds[i % test.labels.length];
      return score >= threshold !== exact.data[i] >= threshold;
    });
    rows.push([
      name,
      weights,
      `${(sizeOf(folder) / 1e6).toFixed(1)} MB`,
      rocAucScore(test.y, scores, among).toFixed(4),
      averagePrecisionScore(test.y, scores, among).toFixed(4),
      Math.max(...differences).toFixed(4),
      `${((100 * flipped.length) / scores.data.length).toFixed(2)} %`,
    ]);
    saved.dispose();
  }
  model.dispose();
}
rmSync(folder, { recursive: true });

const head = ['network', 'weights', 'folder', 'macro AUC', 'mAP', 'largest difference', 'other decisions'];
writePage({
  name: 'weights',
  title: 'Smaller weights of a saved model',
  versions: { tensorflow: backend.tensorflow ?? '–' },
  data: rows,
  table: table([head, ...rows]),
  notes: [
    `${IMAGES} faces of CelebA, split by identity; ${test.length} of them are tested. The head is trained, then all layers for`,
    'two epochs. The largest difference is that of one probability from the trained network’s; other decisions are the share of',
    'labels on the other side of their thresholds.',
  ].join('\n'),
});

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
