import { OptionError } from '../errors';

/**
 * Refuses what can't be trained: JavaScript lets anything through.
 *
 * @param caller the function that was called, for the message
 * @throws OptionError
 */
export function checkClassifier(caller: string, given: unknown): void {
  const fault = faultOf(given);
  if (fault === undefined) return;
  throw new OptionError(
    `${caller}: expected a classifier, as classifier(backbone, { labels }) makes it; received ${fault}.`,
  );
}

function faultOf(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return String(given);
  if ('then' in given) return 'a promise. Write await before it';
  if ('members' in given) return 'an ensemble. Train its members';
  if (!('headLayers' in given)) return 'something without a head';
  return undefined;
}
