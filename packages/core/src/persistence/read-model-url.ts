import type { io } from '@tensorflow/tfjs-core';
import { fetchBytes } from '../weights/fetch-bytes';
import { MAX_BYTES } from '../weights/transfer';
import type { LoadOptions } from './load-options';
import { modelArtifacts } from './model-artifacts';
import { parseModelJson } from './model-json';

/**
 * Reads a model from the URL of its `model.json`, and the weights from the same folder. A query (`?token=…`) is added to
 * every request, as TensorFlow.js' own handler does. That handler checks no content and has no limits.
 *
 * @throws SavedModelError if there is no model, or its weights don't match `model.json`; DownloadError if a file can't be
 * fetched within the limits.
 */
export async function readModelUrl(url: string, options: LoadOptions): Promise<io.ModelArtifacts> {
  const model = parseModelJson(new TextDecoder().decode(await fetchBytes(url, options)), url);
  const { pathname, search } = new URL(url);
  const folder = pathname.slice(0, pathname.lastIndexOf('/') + 1);
  const parts: Uint8Array[] = [];
  let left = model.weightBytes;
  for (const file of model.files) {
    const maxBytes = Math.min(left, options.maxBytes ?? MAX_BYTES);
    const path = file.split('/').map(encodeURIComponent).join('/');
    const part = await fetchBytes(new URL(`${folder}${path}${search}`, url).href, { ...options, maxBytes });
    left -= part.byteLength;
    parts.push(part);
  }
  return modelArtifacts(model, parts, url);
}
