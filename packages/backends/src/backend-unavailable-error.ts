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
export class BackendUnavailableError extends Error {
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
