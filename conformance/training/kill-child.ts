// A run of both phases that can be resumed. Usage: kill-child NETWORK FOLDER. Prints the name of each phase at its
// start, and at the end a line with the history and a hash of every weight.
import { createHash } from 'node:crypto';
import { useBestBackend } from '../../packages/backends/src/index';
import {
  adamW,
  checkpoint,
  classifier,
  earlyStopping,
  type FineTuneOptions,
  faceResnet,
  fineTune,
} from '../../packages/core/src/index';
import { modelWeights } from '../../packages/core/src/weights/model-weights';
import { LABELS, tinyBackbone, tinyImages } from '../../packages/core/test/tiny';
import { noiseImages } from './noise-images';

const [network, folder] = process.argv.slice(2);
await useBestBackend({ prefer: ['native'], log: () => {} });
const isFace = network === 'face';
const backbone = isFace ? await faceResnet({ inputSize: [104, 104] }) : tinyBackbone();
const model = classifier(backbone, { labels: LABELS, dropout: 0.3 });
const size = isFace ? 104 : 8;
// A checkpoint of the face network, after each step, has 110 MB.
const epochs = isFace ? 2 : 4;
const images = (count: number, seed: number) =>
  isFace ? noiseImages(count, size, LABELS, seed) : tinyImages(count, seed);
const options: FineTuneOptions = {
  train: images(isFace ? 16 : 40, 1),
  validation: images(8, 2),
  batchSize: 8,
  seed: 7,
  head: { epochs, learningRate: (progress) => 0.02 * (1 - progress / 2), weightAverage: 0.9 },
  thaw: {
    epochs,
    learningRate: 1e-3,
    freezeFirst: 4,
    optimizer: (rates) => adamW({ ...rates, gradientAccumulationSteps: 2 }),
  },
  resume: folder,
  callbacks: [
    earlyStopping({ patience: 3 }),
    checkpoint(folder, { everySteps: 1 }),
    { onPhaseBegin: ({ name }) => console.log(name) },
  ],
};
const { history } = await fineTune(model, options);
const hash = createHash('sha256');
for (const { name, variable } of modelWeights(model.model)) {
  hash.update(name).update(Buffer.from((variable.dataSync() as Float32Array).slice().buffer));
}
const rows = history.map(({ seconds, ...row }) => row);
console.log(JSON.stringify({ weights: hash.digest('hex'), rows }));
