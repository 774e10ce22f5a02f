/**
 * Whether an error is what an aborted signal makes code throw: the signal's reason, or an `AbortError` as Node and
 * browsers throw it. Any other error that comes up while a run is being aborted is a failure of its own.
 */
export function isAbort(error: unknown, signal: AbortSignal | undefined): boolean {
  if (!signal?.aborted) return false;
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}
