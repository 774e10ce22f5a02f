import { ThawError } from '@thawjs/errors';

/** The worker can't be started, has ended, or doesn't answer. What was asked of it will not come. */
export class TrainingWorkerError extends ThawError {
  override readonly name = 'TrainingWorkerError';
  readonly code = 'ERR_TRAINING_WORKER';
}

/** Something can't be sent to the worker, such as a function, or an image that is none. */
export class NotSendableError extends ThawError {
  override readonly name = 'NotSendableError';
  readonly code = 'ERR_NOT_SENDABLE';
}
