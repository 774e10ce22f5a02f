import { ThawError } from '@thawjs/errors';

/** Stable codes for the reasons why the native backend could not be set up. */
export type NativeSetupErrorCode =
  | 'ERR_NATIVE_TFJS_NODE_MISSING'
  | 'ERR_NATIVE_UNSUPPORTED_PLATFORM'
  | 'ERR_NATIVE_NO_PYTHON'
  | 'ERR_NATIVE_NO_PIP'
  | 'ERR_NATIVE_NO_COMPILER'
  | 'ERR_NATIVE_DOWNLOAD'
  | 'ERR_NATIVE_WHEEL'
  | 'ERR_NATIVE_TFJS_NODE'
  | 'ERR_NATIVE_DISK_FULL'
  | 'ERR_NATIVE_NOT_WRITABLE'
  | 'ERR_NATIVE_COMPILE'
  | 'ERR_NATIVE_LOAD'
  | 'ERR_NATIVE_INSTALLER';

/**
 * The native backend could not be set up.
 *
 * `message` says what happened, and then what to do. `remedy` is only what to do.
 *
 * @example
 * ```ts
 * import { NativeSetupError } from '@thawjs/backends/node';
 *
 * const error = new NativeSetupError('ERR_NATIVE_NO_COMPILER', 'No C++ compiler was found.', 'Install g++.');
 * console.log(error.message); // No C++ compiler was found. Install g++.
 * console.log(error.code); // ERR_NATIVE_NO_COMPILER
 * ```
 */
export class NativeSetupError extends ThawError {
  override readonly name = 'NativeSetupError';

  constructor(
    readonly code: NativeSetupErrorCode,
    readonly what: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${what} ${remedy}`, options);
  }
}
