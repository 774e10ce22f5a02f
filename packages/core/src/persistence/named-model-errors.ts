import { ThawError } from '@thawjs/errors';
import { SavedModelError } from '../errors';

/** Turns errors that are thrown for damaged models into a SavedModelError, but for those that have a name already. */
export async function namedModelErrors<Result>(
  source: string,
  read: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ThawError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new SavedModelError(
      `load: expected a network that TensorFlow.js can make at ${source}; ${reason.slice(0, 300)}. Is it damaged, or does it ` +
        'have layers that are not registered?',
      { cause: error },
    );
  }
}
