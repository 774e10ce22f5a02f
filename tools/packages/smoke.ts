// Runs in a user's project, once with the results of `import` and once with those of `require`.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Modules {
  readonly tf: typeof import('../../packages/core/node_modules/@tensorflow/tfjs-core');
  readonly tfl: typeof import('../../packages/core/node_modules/@tensorflow/tfjs-layers');
  readonly backends: typeof import('../../packages/backends/src/index.ts');
  readonly backendsNode: typeof import('../../packages/backends/src/node');
  readonly backendsWasm: typeof import('../../packages/backends/src/wasm/index.ts');
  readonly core: typeof import('../../packages/core/src/index.ts');
  readonly corePredict: typeof import('../../packages/core/src/predict.ts');
  readonly datasets: typeof import('../../packages/datasets/src/index.ts');
  readonly celeba: typeof import('../../packages/datasets-celeba/src/index.ts');
  readonly metrics: typeof import('../../packages/metrics/src/index.ts');
  readonly report: typeof import('../../packages/report/src/index.ts');
  readonly cli: typeof import('../../packages/cli/src/index.ts');
}

/** The number of worker threads that this process has started since the first call. */
const threadsStarted = (() => {
  const threads = process.getBuiltinModule('node:worker_threads');
  let started = 0;
  threads.Worker = class extends threads.Worker {
    constructor(...options: ConstructorParameters<typeof threads.Worker>) {
      super(...options);
      started++;
    }
  };
  return () => started;
})();

/** Uses each package for a real task. */
export async function smoke(modules: Modules): Promise<void> {
  const { tf, tfl, backends, backendsNode, backendsWasm, core, corePredict } = modules;
  const { datasets, celeba, metrics, report, cli } = modules;

  assert.equal(metrics.rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 0.75);

  const { name } = await backends.useBestBackend({ prefer: ['cpu'], log: () => {} });
  assert.equal(name, 'cpu');
  assert.equal(tf.getBackend(), 'cpu');
  assert.equal(typeof backendsNode.diagnose, 'function');
  assert.ok(backendsWasm.registerWasmGradients().includes('Conv2DBackpropFilter'));

  assert.deepEqual(cli.defineConfig({ train: { seed: 1 } }), { train: { seed: 1 } });

  const svg = report.historyChart([{ phase: 'head', epoch: 0, auc: 0.5, val_auc: 0.5 }]);
  assert.ok(svg.startsWith('<svg'));
  assert.equal(String.fromCharCode(...report.svgToPng(svg).slice(1, 4)), 'PNG');

  const folder = await mkdtemp(join(tmpdir(), 'thaw-smoke-'));
  try {
    await writeFile(join(folder, 'list_attr_celeba.txt'), '1\nBald Smiling\n000001.jpg -1  1\n');
    await writeFile(join(folder, '000001.jpg'), '');
    const faces = await celeba.CelebA.open(folder, { images: 'ignore' });
    assert.deepEqual([faces.length, faces.labels], [1, ['Bald', 'Smiling']]);
    assert.ok(faces instanceof datasets.ImageDataset);
  } finally {
    await rm(folder, { recursive: true });
  }

  const square = (colour: string) =>
    report.svgToPng(
      `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="${colour}"/></svg>`,
    );
  const images = Array.from({ length: 8 }, (_, row) => square(row % 2 ? '#fff' : '#400'));
  const data = new datasets.ImageDataset({
    ids: images.map((_, row) => `${row}.png`),
    labels: ['Bright'],
    y: Uint8Array.from(images, (_, row) => row % 2),
    images: datasets.memoryImages(images),
  });
  const threadsBefore = threadsStarted();
  for (const workers of [0, 1]) {
    for await (const batch of data.batches({ size: [8, 8], batchSize: 8, workers })) {
      assert.deepEqual(batch.shape, [8, 8, 8, 3]);
      assert.deepEqual([...batch.pixels.slice(0, 3)], [0x44, 0, 0]);
    }
  }

  assert.equal(threadsStarted() - threadsBefore, 1);

  const features = tfl.layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3, name: 'features' });
  const norm = tfl.layers.batchNormalization({ name: 'norm' });
  const model = core.classifier(
    {
      name: 'tiny',
      model: tfl.sequential({ layers: [features, norm] }),
      preprocessing: { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
      stages: [{ name: 'all', layers: ['features', 'norm'] }],
    },
    { labels: data.labels },
  );
  core.freeze(model, { upTo: 'norm' });
  const before = features.getWeights()[0].dataSync().slice();
  const { history } = await core.fineTune(model, {
    train: data,
    head: { epochs: 2, learningRate: 0.1 },
    thaw: false,
  });
  assert.equal(history.length, 2);
  assert.deepEqual(features.getWeights()[0].dataSync(), before);

  const saved = await mkdtemp(join(tmpdir(), 'thaw-smoke-'));
  try {
    await model.save(saved);
    const stored = await corePredict.load(saved);
    assert.deepEqual(await stored.predict(data), await model.predict(data));
  } finally {
    await rm(saved, { recursive: true });
  }
}

/** Checks that `ThawError` of each package recognises the errors of all packages, loaded in any way. */
export async function smokeErrors(ways: readonly Modules[]): Promise<void> {
  const errors = ways.map(({ datasets, backends, celeba, metrics, report }) => [
    datasets.decodeImage(new Uint8Array(1)).catch((error) => error),
    backends.useBestBackend({ prefer: ['gpu' as 'cpu'] }).catch((error) => error),
    celeba.CelebA.open('/nowhere').catch((error) => error),
    new metrics.EmptyInputError('no rows'),
    new report.ReportRangeError('a scale of 0'),
  ]);
  const classes = ways.flatMap(
    ({ backends, backendsNode, core, corePredict, datasets, celeba, metrics, report }) =>
      [backends, backendsNode, core, corePredict, datasets, celeba, metrics, report].map(
        ({ ThawError }) => ThawError,
      ),
  );
  for (const error of await Promise.all(errors.flat())) {
    for (const ThawError of classes) assert.ok(error instanceof ThawError, error);
    assert.match(error.code, /^ERR_/);
  }
  assert.ok(!classes.some((ThawError) => new Error('of someone else') instanceof ThawError));
}
