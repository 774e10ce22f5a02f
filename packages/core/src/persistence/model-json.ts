import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';

/** A `model.json` whose list of weights was checked. */
export interface ModelJson {
  readonly json: io.ModelJSON;
  /** Names of the files of weights, in order, within the folder of `model.json`. */
  readonly files: readonly string[];
  readonly weightSpecs: io.WeightsManifestEntry[];
  /** Of all weights together. */
  readonly weightBytes: number;
}

/** Bytes of one stored number, by its type. */
const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  uint8: 1,
  bool: 1,
  uint16: 2,
  float16: 2,
};

/**
 * Parses a `model.json` and checks its list of weights: names of files in the same folder, shapes, types.
 *
 * @param place where the text comes from, for messages.
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
  for (const spec of weightSpecs) checkSpec(spec, place);
  const weightBytes = weightSpecs.reduce((sum, spec) => sum + byteLength(spec), 0);
  return { json, files, weightSpecs, weightBytes };
}

function isGroup(group: unknown): group is { paths: string[]; weights: io.WeightsManifestEntry[] } {
  const { paths, weights } = (group ?? {}) as { paths?: unknown; weights?: unknown };
  return Array.isArray(paths) && paths.every((path) => typeof path === 'string') && Array.isArray(weights);
}

/** Whether a path stays in the folder that it starts from: no `..`, no root, no drive, no scheme. */
function isInside(file: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such names are refused
  return !/^$|^[/\\]|[:\\\u0000-\u001f]|(^|\/)\.\.?(\/|$)/.test(file);
}

function checkSpec(spec: io.WeightsManifestEntry, place: string): void {
  const { name, shape, dtype, quantization } = (spec ?? {}) as Partial<io.WeightsManifestEntry>;
  const type = quantization === undefined ? dtype : quantization?.dtype;
  const fits =
    typeof name === 'string' &&
    Array.isArray(shape) &&
    shape.every((size) => Number.isSafeInteger(size) && size >= 0) &&
    Number.isSafeInteger(8 * shape.reduce((product, size) => product * size, 1)) &&
    ['float32', 'int32', 'bool'].includes(dtype as string) &&
    typeof type === 'string' &&
    Object.hasOwn(BYTES, type);
  if (fits) return;
  throw new SavedModelError(
    `load: expected weights with a name, a shape and a type of numbers in ${place}; one is ${JSON.stringify(spec)?.slice(0, 200)}.`,
  );
}

function byteLength({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  return shape.reduce((product, size) => product * size, BYTES[quantization?.dtype ?? dtype] ?? 4);
}
