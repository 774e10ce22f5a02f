import type { BackendName } from '@thawjs/backends';
import { connect } from './connection';
import { NotSendableError, TrainingWorkerError } from './errors';
import { TrainingWorker } from './training-worker';

/** Options of `startTrainingWorker`. */
export interface TrainingWorkerOptions {
  /**
   * A function that starts the worker, whose file calls `serveTraining`; or the URL of such a file, an ES module.
   * Bundlers find the file if the page has `() => new Worker(new URL('./training.worker.ts', import.meta.url), { type:
   * 'module' })`.
   */
  readonly worker: (() => Worker) | string | URL;
  /** The backends that may be used, the preferred one first. Default: the fastest of all that a browser has. */
  readonly prefer?: readonly BackendName[];
  /**
   * The folder that serves the wasm backend's `.wasm` files, ending in a slash. A relative path is resolved against the
   * page.
   */
  readonly wasmPath?: string;
  /** Receives the line that names the chosen backend and the reason. Default: console.log. */
  readonly log?: (line: string) => void;
}

const OPTIONS = ['worker', 'prefer', 'wasmPath', 'log'];

/**
 * Starts a worker that trains and predicts, so that the page stays responsive.
 *
 * @throws {TrainingWorkerError} the worker's file can't be loaded, or doesn't call `serveTraining`
 * @throws BackendUnavailableError of `@thawjs/backends`: none of the preferred backends works
 * @throws {NotSendableError} an option is misspelt or invalid
 *
 * @example
 * ```ts no-run
 * import { startTrainingWorker } from '@thawjs/browser';
 *
 * const worker = await startTrainingWorker({
 *   worker: () => new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' }),
 * });
 * const model = await worker.classifier({ backbone: 'mobilenet_v2', labels: ['cat', 'dog', 'indoor'] });
 * const training = model.fineTune({ train, onEpoch: (row) => console.log(row.epoch, row.loss) });
 * const run = await training.finished;
 * ```
 */
export async function startTrainingWorker(options: TrainingWorkerOptions): Promise<TrainingWorker> {
  const { worker, prefer, wasmPath, log = console.log } = options;
  const misspelt = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (misspelt !== undefined) {
    throw new NotSendableError(
      `startTrainingWorker: expected options among ${OPTIONS.join(', ')}; received "${misspelt}".`,
    );
  }
  const connection = await connect(started(worker));
  const { answer, service, close } = connection;
  try {
    const { backend, lines } = await answer(
      service.start({
        ...(prefer && { prefer: [...prefer] }),
        ...(wasmPath !== undefined && { wasmPath: new URL(wasmPath, document.baseURI).href }),
      }),
    );
    for (const line of lines) log(line);
    return new TrainingWorker(connection, backend);
  } catch (error) {
    close();
    throw error;
  }
}

function started(worker: TrainingWorkerOptions['worker']): Worker {
  try {
    if (typeof worker === 'function') return worker();
    return new Worker(new URL(worker, document.baseURI), { type: 'module' });
  } catch (cause) {
    throw new TrainingWorkerError(
      'startTrainingWorker: expected worker to be a function that starts one, or the URL of its file; ' +
        `${cause instanceof Error ? cause.message : String(cause)}.`,
      { cause },
    );
  }
}
