import { ThawError } from '@thawjs/errors';

export { ThawError };

/** A command can't be carried out; the message says what to do instead. */
export class CommandError extends ThawError {
  override readonly name = 'CommandError';
  readonly code = 'ERR_COMMAND';
}

/** The command line doesn't say what it must, or contradicts itself; the message says what to write. */
export class UsageError extends ThawError {
  override readonly name = 'UsageError';
  readonly code = 'ERR_USAGE';
}

/** The config file is invalid. */
export class ConfigError extends ThawError {
  override readonly name = 'ConfigError';
  readonly code = 'ERR_CONFIG';
}

/** Some results of a run can't be made or written; the others are written. */
export class ResultsError extends ThawError {
  override readonly name = 'ResultsError';
  readonly code = 'ERR_RESULTS';
}

/** The queue for predictions is full. */
export class QueueFullError extends ThawError {
  override readonly name = 'QueueFullError';
  readonly code = 'ERR_QUEUE_FULL';
}

/** A request isn't a valid request for a prediction; the message says what is expected. */
export class RequestError extends ThawError {
  override readonly name = 'RequestError';
  readonly code = 'ERR_REQUEST';

  constructor(
    message: string,
    /** The HTTP status of the answer. */
    readonly status: 400 | 413 | 415 | 422 | 503 = 400,
  ) {
    super(message);
  }
}
