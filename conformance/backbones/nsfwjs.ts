// npm's nsfwjs (MIT) contains a MobileNetV2 as a layers model of TensorFlow.js. This script opens what the package
// exports, cuts the model at its feature map (its head has two dense layers with dropout), and fine-tunes it on drawn
// images, as described in docs/guides/choosing-a-backbone.md. Usage: tsx nsfwjs.ts PACKAGE (the unpacked package)
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { classifier, fineTune, type LabelledImages, openModel } from '../../packages/core/src/index';

const { useBestBackend } = await import('../../packages/backends/src/index');
await useBestBackend();
const require = createRequire(import.meta.url);
const exported = path.join(process.argv[2], 'dist', 'esm', 'models', 'mobilenet_v2.js');
const { MobileNetV2Model } = (await import(pathToFileURL(exported).href)) as {
  readonly MobileNetV2Model: {
    readonly modelJson: () => Promise<{
      readonly default: { readonly weightsManifest: { paths: string[] }[] };
    }>;
    readonly weightBundles: (() => Promise<{ readonly default: string }>)[];
  };
};
const { default: json } = await MobileNetV2Model.modelJson();
const { default: weights } = await MobileNetV2Model.weightBundles[0]();
const bytes = Uint8Array.from(atob(weights), (character) => character.charCodeAt(0));
const model = await openModel([
  new File([JSON.stringify(json)], 'model.json'),
  new File([bytes], json.weightsManifest[0].paths[0]),
]);
console.log(`opened: ${model.layers.length} layers, ${model.inputs[0].shape} → ${model.outputs[0].shape}`);

const labels = ['bright', 'red'];
const length = 16;
const y = Uint8Array.from({ length: 2 * length }, (_, i) => ((i >> 1) >> (i % 2)) % 2);
const images: LabelledImages = {
  length,
  ids: Array.from({ length }, (_, i) => `${i}`),
  labels,
  y,
  async *batches({ size: [height, width], batchSize }) {
    for (let start = 0; start < length; start += batchSize) {
      const rows = Int32Array.from({ length: Math.min(batchSize, length - start) }, (_, i) => start + i);
      const pixels = new Uint8Array(rows.length * height * width * 3).map((_, i) => {
        const row = start + Math.floor(i / (height * width * 3));
        return (y[2 * row] ? 128 : 40) + (y[2 * row + 1] && i % 3 === 0 ? 100 : 0);
      });
      const shape = [rows.length, height, width, 3] as const;
      yield { rows, pixels, shape, y: y.slice(2 * start, 2 * (start + rows.length)) };
    }
  },
};
const { model: tfModel } = require('../../packages/core/node_modules/@tensorflow/tfjs-layers') as {
  model: typeof import('../../packages/core/node_modules/@tensorflow/tfjs-layers').model;
};
const map = model.getLayer('out_relu')
  .output as import('../../packages/core/node_modules/@tensorflow/tfjs-layers').SymbolicTensor;
const made = classifier(tfModel({ inputs: model.inputs, outputs: map }), {
  labels,
  preprocessing: { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 / 255 },
});
console.log(`features: ${made.featureModel().outputs[0].shape}`);
const run = await fineTune(made, {
  train: images,
  batchSize: 8,
  metrics: {},
  head: { epochs: 10, learningRate: 1e-3 },
  thaw: { epochs: 2, learningRate: 1e-5, freezeFirst: 100 },
});
const losses = run.history.map(({ loss }) => loss);
const { data } = await made.predict(images);
const right = y.filter((label, i) => (data[i] >= 0.5 ? 1 : 0) === label).length;
console.log(
  `loss from ${losses[0].toFixed(3)} to ${losses.at(-1)!.toFixed(3)}, ${right} of ${y.length} labels right`,
);
if (right < y.length || !(losses.at(-1)! < losses[0])) process.exitCode = 1;
