import { markThawError } from '@thawjs/errors';
import type { SentError } from './messages';

/** Makes an error of the class that it had in the worker. */
export async function revivedError(sent: SentError): Promise<unknown> {
  if ('other' in sent) return sent.other;
  // Imported on use, so that a page loads the classes only when an error comes.
  const { errorClasses } = await import('./error-classes');
  const prototype = errorClasses[sent.name]?.prototype ?? Error.prototype;
  const error = Object.create(prototype) as Error;
  const hidden = (value: unknown) => ({ value, configurable: true, writable: true });
  Object.defineProperties(error, {
    message: hidden(sent.message),
    stack: hidden(sent.stack),
    ...(sent.cause && { cause: hidden(await revivedError(sent.cause)) }),
  });
  Object.assign(error, sent.fields, { name: sent.name });
  markThawError(error);
  return error;
}
