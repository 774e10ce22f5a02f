import { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { folderHandler } from './folder-handler';
import type { LoadOptions } from './load-options';
import { readModelUrl } from './read-model-url';

/** The handler for a folder's path or a URL. A handler is returned as it is. */
export function ioHandler(
  target: string | io.IOHandler,
  direction: 'save' | 'load',
  options: LoadOptions = {},
): io.IOHandler {
  if (typeof target !== 'string') return target;
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(target)) return folderHandler(target, options);
  if (direction === 'load' && /^https?:/i.test(target)) return { load: () => readModelUrl(target, options) };
  const handlers = direction === 'save' ? io.getSaveHandlers(target) : io.getLoadHandlers(target);
  if (handlers.length === 0) {
    throw new SavedModelError(
      `${direction}: expected a folder, or a URL that TensorFlow.js can ${direction} here; nothing handles "${target}".`,
    );
  }
  return handlers[0];
}
