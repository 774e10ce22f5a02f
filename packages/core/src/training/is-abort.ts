/**
 * Whether an error comes from an aborted signal: it is the signal's reason, or an `AbortError` as Node and browsers throw
 * it. Any other error that occurs while a run is being aborted is a failure.
 */
export function isAbort(error: unknown, signal: AbortSignal | undefined): boolean {
  if (!signal?.aborted) return false;
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}
