/** What was asked for can't be done; the message says what to do instead. */
export class CommandError extends Error {
  readonly code = 'THAW_COMMAND';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
  }
}
