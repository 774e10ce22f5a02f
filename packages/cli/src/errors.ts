import { ThawError } from '@thawjs/errors';

export { ThawError };

/** What was asked for can't be done; the message says what to do instead. */
export class CommandError extends ThawError {
  override readonly name = 'CommandError';
  readonly code = 'ERR_COMMAND';
}

/** The config file is not as it should be. */
export class ConfigError extends ThawError {
  override readonly name = 'ConfigError';
  readonly code = 'ERR_CONFIG';
}

/** Some results of a run can't be made or written; the others are there. */
export class ResultsError extends ThawError {
  override readonly name = 'ResultsError';
  readonly code = 'ERR_RESULTS';
}

/** More images wait for a prediction than may. */
export class QueueFullError extends ThawError {
  override readonly name = 'QueueFullError';
  readonly code = 'ERR_QUEUE_FULL';
}

/** A request is not one for a prediction; the message says what it should be. */
export class RequestError extends ThawError {
  override readonly name = 'RequestError';
  readonly code = 'ERR_REQUEST';

  constructor(
    message: string,
    /** Of the answer. */
    readonly status: 400 | 413 | 415 | 422 = 400,
  ) {
    super(message);
  }
}
