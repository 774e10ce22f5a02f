import type { Run } from '@thawjs/core';
import type { ClassifierRequest } from './classifier-request';
import type { WorkerFineTuneOptions } from './fine-tune-options';
import { startTrainingWorker, type TrainingWorkerOptions } from './start-training-worker';
import type { TrainingWorker } from './training-worker';
import type { WorkerClassifier } from './worker-classifier';

/** Options of `trainInWorker`. */
export interface TrainInWorkerOptions extends WorkerFineTuneOptions {
  /** See `TrainingWorkerOptions`. */
  readonly worker: TrainingWorkerOptions['worker'];
  /** Options of the worker's backend. Default: the fastest backend. */
  readonly backend?: Omit<TrainingWorkerOptions, 'worker'>;
  /** The network and the labels. */
  readonly classifier: ClassifierRequest;
}

/** The result of `trainInWorker`. */
export interface TrainedInWorker {
  /** The trained classifier, in the worker. */
  readonly model: WorkerClassifier;
  readonly run: Run;
  /** The worker, which the caller must close. */
  readonly worker: TrainingWorker;
}

/**
 * Starts a worker, makes a classifier in it and trains it: `startTrainingWorker`, `classifier` and `fineTune` in one call.
 *
 * For buttons that pause and stop, call the three functions instead. `signal` stops the training, too.
 *
 * @throws the errors of the three functions. The worker is closed then.
 *
 * @example
 * ```ts no-run
 * import { trainInWorker } from '@thawjs/browser';
 *
 * const { model, run } = await trainInWorker({
 *   worker: () => new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' }),
 *   classifier: { backbone: 'mobilenet_v2', labels: ['cat', 'dog', 'indoor'] },
 *   train: files.map((file) => ({ image: file, labels: ['cat', 'indoor'] })),
 *   out: 'indexeddb://pets',
 *   resume: true,
 * });
 * console.log(run.history.at(-1)?.loss, await model.classify(files[0], { topK: 1 }));
 * ```
 */
export async function trainInWorker(options: TrainInWorkerOptions): Promise<TrainedInWorker> {
  const { worker: start, backend, classifier, ...training } = options;
  const worker = await startTrainingWorker({ worker: start, ...backend });
  try {
    const model = await worker.classifier(classifier);
    const run = await model.fineTune(training).finished;
    return { model, run, worker };
  } catch (error) {
    worker.close();
    throw error;
  }
}
