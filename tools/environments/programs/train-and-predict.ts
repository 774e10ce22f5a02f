// A user's program, the same in every environment: trains a small classifier on pictures and predicts with it.
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { useBestBackend } from '@thawjs/backends';
import { classifier, fineTune } from '@thawjs/core';
import { ImageDataset, memoryImages } from '@thawjs/datasets';
import { rocAucScore } from '@thawjs/metrics';

/** PNGs of 8×8 pixels, one white and one dark red. */
const PICTURES = [
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAD0lEQVR42mP4jwMwDC0JALoev0GJ6La7AAAAAElFTkSuQmCC',
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mNwYGDAihiGlgQAUSIQAbx86hkAAAAASUVORK5CYII=',
];
/** Enough images for worker threads to start, if the environment has them. */
const IMAGES = 300;

/**
 * The steps that the environment reached. Each is stored at once, so that a later failure doesn't hide earlier steps.
 */
export interface Outcome {
  trains?: true;
  predicts?: true;
  backend?: string;
  /** The number of worker threads that were started, if the environment has them. */
  threads?: number;
  error?: string;
}

export async function trainAndPredict(options: { wasmPath?: string } = {}): Promise<Outcome> {
  const outcome: Outcome = {};
  try {
    const threads = countThreads();
    const backend = await useBestBackend({ prefer: ['wasm', 'cpu'], log: () => {}, ...options });
    outcome.backend = [backend.name, ...backend.reasons.map(({ reason }) => reason)].join('; ');

    const bytes = PICTURES.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
    const rows = Array.from({ length: IMAGES }, (_, row) => row % 2);
    const data = new ImageDataset({
      ids: rows.map((_, row) => `${row}.png`),
      labels: ['White'],
      y: Uint8Array.from(rows, (odd) => 1 - odd),
      images: memoryImages(rows.map((odd) => bytes[odd]!)),
    });
    const features = layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3, name: 'features' });
    const model = classifier(
      {
        name: 'tiny',
        model: sequential({ layers: [features] }),
        preprocessing: { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
        stages: [{ name: 'all', layers: ['features'] }],
      },
      { labels: data.labels },
    );
    const { history } = await fineTune(model, {
      train: data,
      head: { epochs: 2, learningRate: 0.1 },
      thaw: { epochs: 1, learningRate: 0.01 },
    });
    if (history.length !== 3 || !history.every(({ loss }) => Number.isFinite(loss))) {
      throw new Error(`expected three epochs with a loss; received ${JSON.stringify(history)}`);
    }
    outcome.trains = true;
    outcome.threads = threads();

    const auc = rocAucScore(data.y, await model.predict(data));
    if (auc !== 1) throw new Error(`expected white and dark to be told apart; received an AUC of ${auc}`);
    outcome.predicts = true;
  } catch (error) {
    outcome.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  return outcome;
}

/** Counts the worker threads of Node that start from now on. */
function countThreads(): () => number {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  let started = 0;
  if (threads) {
    const { Worker } = threads;
    threads.Worker = class extends Worker {
      constructor(...options: ConstructorParameters<typeof Worker>) {
        super(...options);
        started++;
      }
    };
  }
  return () => started;
}
