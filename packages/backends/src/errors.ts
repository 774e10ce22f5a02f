import { markThawError, ThawError } from '@thawjs/errors';
import type { BackendName, BackendRefusal } from './backend-refusal';

/**
 * None of the backends that were asked for works here; `reasons` says why, one by one.
 *
 * @example
 * ```ts
 * import { BackendUnavailableError } from '@thawjs/backends';
 *
 * const error = new BackendUnavailableError(['native'], [
 *   { name: 'native', reason: 'its addon is not built', remedy: 'Run npx thaw-backends setup.' },
 * ]);
 * console.log(error.code); // ERR_BACKEND_UNAVAILABLE
 * console.log(error.message); // useBestBackend: none of native works here. native: its addon is not built. Run npx thaw-backends setup.
 * ```
 */
export class BackendUnavailableError extends ThawError {
  override readonly name = 'BackendUnavailableError';
  readonly code = 'ERR_BACKEND_UNAVAILABLE';

  constructor(
    asked: readonly BackendName[],
    readonly reasons: readonly BackendRefusal[],
  ) {
    const why = reasons.map(({ name, reason, remedy }) => `${name}: ${reason}. ${remedy}`.trim()).join(' ');
    super(`useBestBackend: none of ${asked.join(', ')} works here. ${why}`);
  }
}

/**
 * An option of `useBestBackend` has a value that it can't have. Also a TypeError.
 *
 * @example
 * ```ts
 * import { BackendOptionError, useBestBackend } from '@thawjs/backends';
 *
 * await useBestBackend({ prefer: ['gpu' as 'native'] }).catch((error) => {
 *   console.log(error instanceof BackendOptionError && error.code); // ERR_BACKEND_OPTION
 * });
 * ```
 */
export class BackendOptionError extends TypeError implements ThawError {
  override readonly name = 'BackendOptionError';
  readonly code = 'ERR_BACKEND_OPTION';

  constructor(message: string) {
    super(message);
    markThawError(this);
  }
}

/** A backend can't compute an operation that was asked for, or lacks a kernel that each of its versions from 4.22 on has. */
export class UnsupportedKernelError extends ThawError {
  override readonly name = 'UnsupportedKernelError';
  readonly code = 'ERR_UNSUPPORTED_KERNEL';
}
