import type { io } from '@tensorflow/tfjs-core';
import { fetchBytes } from '../weights/fetch-bytes';
import { MAX_BYTES } from '../weights/transfer';
import type { LoadOptions } from './load-options';
import { modelArtifacts } from './model-artifacts';
import { parseModelJson } from './model-json';

/**
 * Reads a model from the URL of its `model.json`, the weights from beside it. A query (`?token=…`) goes with every file, as
 * in TensorFlow.js' own handler, which checks no content and has no limits.
 *
 * @throws SavedModelError if it is no model, or its weights aren't what `model.json` says; DownloadError if a file can't
 * be had within the limits.
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
