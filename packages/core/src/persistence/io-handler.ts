import { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { nodeModules } from '../platform/node';
import { folderHandler } from './folder-handler';
import type { LoadOptions } from './load-options';
import { MODEL_FILE } from './model-files';
import { readModelUrl } from './read-model-url';

/** The handler for a folder's path or a URL. A handler is returned as it is. */
export function ioHandler(
  target: string | io.IOHandler,
  direction: 'save' | 'load',
  options: LoadOptions = {},
): io.IOHandler {
  if (typeof target !== 'string') return target;
  if (direction === 'load') {
    const url = pageUrl(target);
    if (url) return { load: () => readModelUrl(url, options) };
  }
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(target)) {
    if (direction === 'save') refuseFile(target);
    return folderHandler(target, options);
  }
  const handlers = direction === 'save' ? io.getSaveHandlers(target) : io.getLoadHandlers(target);
  if (handlers.length === 0) {
    throw new SavedModelError(
      `${direction}: expected a folder, or a URL that TensorFlow.js can ${direction} here; nothing handles "${target}".`,
    );
  }
  return handlers[0];
}

/** Refuses the name of a file of another format, as Keras' `model.save` takes it: it would become a folder that `load` can't read. */
function refuseFile(target: string): void {
  const [, ending] = /\.(keras|h5|hdf5|onnx)$/i.exec(target) ?? [];
  if (!ending) return;
  const way =
    ending.toLowerCase() === 'onnx'
      ? 'For an ONNX file, call exportOnnx.'
      : 'For a file that Keras opens, call exportKeras with a name that ends in .keras.';
  throw new SavedModelError(`save: expected a folder; received "${target}". ${way}`);
}

/**
 * The http(s) URL of a `model.json`: a place of that scheme, or, in a browser, a path such as `/models/photos`, which goes
 * from the page. A path that doesn't end in `.json` is a folder's.
 */
function pageUrl(place: string): string | undefined {
  const isUrl = /^https?:/i.test(place);
  if (!isUrl && (nodeModules() || /^[a-z][a-z0-9+.-]+:/i.test(place))) return undefined;
  const url = isUrl
    ? new URL(place)
    : new URL(place, globalThis.document?.baseURI ?? globalThis.location.href);
  if (!/\.json$/i.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${MODEL_FILE}`;
  return url.href;
}
