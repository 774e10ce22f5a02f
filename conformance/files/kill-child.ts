// A process that saves and exports a small model again and again: `kill-child.ts FOLDER NUMBER`. It prints a line a round.
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import { classifier, exportSavedModel } from '../../packages/core/src/index';
import { LABELS, tinyBackbone } from '../../packages/core/test/tiny';

const [folder, number] = process.argv.slice(2);
await useBestBackend({ prefer: ['cpu'], log: () => {} });
const model = classifier(tinyBackbone(), { labels: LABELS.map((label) => `${label} ${number}`) });
const bias = model.model.getLayer('predictions').weights[1];
for (let round = 0; ; round++) {
  bias.write(tf.fill([2], Number(number) + round / 1e6));
  await model.save(join(folder, 'model'));
  await exportSavedModel(model, join(folder, 'export', '1'));
  console.log(round);
}
