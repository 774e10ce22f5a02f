/** Something that the user can mend. The message is one sentence or two, which the page shows as they are. */
export class StudioError extends Error {
  override readonly name = 'StudioError';
}
