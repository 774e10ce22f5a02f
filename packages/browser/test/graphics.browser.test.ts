import { beforeAll, expect, test } from 'vitest';
import { startTrainingWorker, type WorkerFineTuneOptions } from '../src';
import { LABELS, tinyExamples } from './tiny-examples';

const validation = tinyExamples(32, 2);
const options: WorkerFineTuneOptions = {
  train: tinyExamples(48, 1),
  validation,
  batchSize: 16,
  head: { epochs: 2, learningRate: 0.02, headStart: 'weights' },
  thaw: { epochs: 2, learningRate: 1e-3, optimizer: { optimizer: 'adamW', weightDecay: 0.01 } },
};

/** Losses of all epochs, then the probabilities of the validation images, as training on a backend makes them. */
async function trainedOn(name: 'webgpu' | 'webgl' | 'wasm'): Promise<number[]> {
  const worker = await startTrainingWorker({
    worker: () => new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' }),
    prefer: [name],
    wasmPath: '/',
    log: () => {},
  });
  try {
    expect(worker.backend.name).toBe(name);
    const model = await worker.classifier({ backbone: 'tiny', labels: LABELS });
    const { history } = await model.fineTune(options).finished;
    const { data } = await model.predict(validation);
    return [...history.flatMap(({ loss, val_loss }) => [loss, val_loss]), ...data];
  } finally {
    worker.close();
  }
}

let expected: number[];
beforeAll(async () => {
  expected = await trainedOn('wasm');
});

// SwiftShader is the graphics processor of these tests (vitest.browser.config.ts).
test.each(['webgl', 'webgpu'] as const)(
  'training on %s in a worker gives the numbers of wasm',
  async (name) => {
    const actual = await trainedOn(name);
    expect(actual.length).toBe(expected.length);
    const worst = Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
    expect(worst).toBeLessThan(1e-3);
  },
);
