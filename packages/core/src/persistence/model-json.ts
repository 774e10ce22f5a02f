import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { checkedWeightBytes } from './weight-specs';

/** A parsed `model.json` with a valid list of weights. */
export interface ModelJson {
  readonly json: io.ModelJSON;
  /** The names of the weights files, in order, relative to the folder of `model.json`. */
  readonly files: readonly string[];
  readonly weightSpecs: io.WeightsManifestEntry[];
  /** The number of bytes of all weights. */
  readonly weightBytes: number;
}

/**
 * Parses a `model.json` and checks its list of weights: file names within the same folder, shapes, types.
 *
 * @param place where the text comes from, for error messages.
 * @throws SavedModelError
 */
export function parseModelJson(text: string, place: string): ModelJson {
  let json: io.ModelJSON;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SavedModelError(
      `load: expected JSON in ${place}; it is cut short or of another kind. Save the model again.`,
      { cause },
    );
  }
  const groups: unknown = (json as Partial<io.ModelJSON> | null)?.weightsManifest;
  if (!Array.isArray(groups) || !groups.every(isGroup)) {
    throw new SavedModelError(
      `load: expected a weightsManifest, a list of { paths, weights }, in ${place}; it has none. Is it a model.json of TensorFlow.js?`,
    );
  }
  const files = groups.flatMap(({ paths }) => paths);
  const outside = files.find((file) => !isInside(file));
  if (outside !== undefined) {
    throw new SavedModelError(
      `load: expected names of files beside ${place} as paths of its weights; it names ${JSON.stringify(outside)}.`,
    );
  }
  const weightSpecs = groups.flatMap(({ weights }) => weights);
  return { json, files, weightSpecs, weightBytes: checkedWeightBytes(weightSpecs, place) };
}

function isGroup(group: unknown): group is { paths: string[]; weights: io.WeightsManifestEntry[] } {
  const { paths, weights } = (group ?? {}) as { paths?: unknown; weights?: unknown };
  return Array.isArray(paths) && paths.every((path) => typeof path === 'string') && Array.isArray(weights);
}

/** Whether a relative path stays inside its folder: no `..`, no root, no drive, no scheme. */
function isInside(file: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such names are refused
  return !/^$|^[/\\]|[:\\\u0000-\u001f]|(^|\/)\.\.?(\/|$)/.test(file);
}
