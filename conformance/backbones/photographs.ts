// The predictions of networks with their published ImageNet weights for scikit-learn's two photographs, which
// photographs.py wrote. Usage: tsx photographs.ts FOLDER. Fails if EfficientNet-Lite0 doesn't predict a palace and a
// daisy.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { backbone } from '../../packages/core/src/backbones/open-backbone';
import { preprocess } from '../../packages/core/src/backbones/preprocess';

type Tf = typeof import('../../packages/core/node_modules/@tensorflow/tfjs-core');
type Tensor = import('../../packages/core/node_modules/@tensorflow/tfjs-core').Tensor;

const tf: Tf = createRequire(new URL('../../packages/core/package.json', import.meta.url))(
  '@tensorflow/tfjs-core',
);
const { useBestBackend } = await import('../../packages/backends/src/index');
await useBestBackend();

/** The most probable classes of ImageNet: palace, altar … and daisy. */
const EXPECTED: Readonly<Record<string, readonly number[]>> = { china: [698, 442, 663], flower: [985] };

for (const name of ['efficientnet_lite0', 'efficientnet_lite1', 'efficientnet_lite2']) {
  const { model, preprocessing } = await backbone(name, { includeTop: true, inputSize: [224, 224] });
  for (const [photograph, classes] of Object.entries(EXPECTED)) {
    const pixels = new Uint8Array(readFileSync(path.join(process.argv[2], `${photograph}.rgb`)));
    const scores = tf.tidy(() => {
      const image = tf.tensor4d(Float32Array.from(pixels), [1, 224, 224, 3]);
      return (model.predict(preprocess(image, preprocessing)) as Tensor).dataSync();
    });
    const best = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]);
    const told = best.slice(0, 5).map((index) => `${index} (${scores[index].toFixed(3)})`);
    console.log(`${name}, ${photograph}.jpg: ${told.join(', ')}`);
    const right = name !== 'efficientnet_lite0' || classes.every((index, i) => best[i] === index);
    if (!right || best[0] !== classes[0]) process.exitCode = 1;
  }
  model.dispose();
}
