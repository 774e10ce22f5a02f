// For a page: the outcome is read from the window.
import { trainInWorker } from '@thawjs/browser';
import { worker } from './start-worker.js';
import { trainAndPredict } from './train-and-predict.js';

const outcome = await trainAndPredict();
if (!outcome.error) Object.assign(outcome, await inWorker());
Object.assign(window, { outcome });

/** Trains on drawn images in a worker, and classifies one. */
async function inWorker(): Promise<{ inWorker?: true; error?: string }> {
  try {
    const train = Array.from({ length: 16 }, (_, row) => ({
      image: { data: new Uint8Array(32 * 32 * 3).fill(row % 2 ? 255 : 0), width: 32, height: 32 },
      labels: row % 2 ? ['White'] : [],
    }));
    const trained = await trainInWorker({
      worker,
      backend: { prefer: ['wasm'], log: () => {} },
      classifier: {
        backbone: 'mobilenet_v3_small',
        weights: null,
        inputSize: [32, 32],
        labels: ['White'],
      },
      train,
      head: { epochs: 2, learningRate: 0.01 },
      thaw: false,
    });
    const [{ label, probability }] = await trained.model.classify(train[0]!.image);
    trained.worker.close();
    if (label !== 'White' || !(probability >= 0 && probability <= 1))
      throw new Error(`${label} ${probability}`);
    return { inWorker: true };
  } catch (error) {
    return { error: `in a worker: ${error instanceof Error ? (error.stack ?? error.message) : error}` };
  }
}
