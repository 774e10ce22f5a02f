/** The config file is not as it should be. */
export class ConfigError extends Error {
  readonly code = 'THAW_CONFIG';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConfigError';
  }
}
