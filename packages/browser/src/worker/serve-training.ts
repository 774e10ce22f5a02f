import { expose } from 'comlink';
import { type ServeTrainingOptions, TrainingService } from './training-service';

/**
 * Serves the trainings of a page. This is the only call in the worker's file.
 *
 * @example
 * ```ts no-run
 * // training.worker.ts
 * import { serveTraining } from '@thawjs/browser/worker';
 *
 * serveTraining();
 * ```
 */
export function serveTraining(options: ServeTrainingOptions = {}): void {
  expose(new TrainingService(options));
}
