/** A problem that the user can solve. The message is one sentence or two, which the page shows unchanged. */
export class StudioError extends Error {
  override readonly name = 'StudioError';
}
