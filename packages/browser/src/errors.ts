import { ThawError } from '@thawjs/errors';

/** The worker can't be started, has ended, or doesn't answer. Results of unfinished calls are lost. */
export class TrainingWorkerError extends ThawError {
  override readonly name = 'TrainingWorkerError';
  readonly code = 'ERR_TRAINING_WORKER';
}

/** A value can't be sent to the worker: a function, or something that isn't an image. */
export class NotSendableError extends ThawError {
  override readonly name = 'NotSendableError';
  readonly code = 'ERR_NOT_SENDABLE';
}
