import type { io } from '@tensorflow/tfjs-core';
import { WeightsFileError } from './errors';
import { elementCount, numberTypes, ownBuffer } from './raw-numbers';

/** A group of TensorFlow.js' `weightsManifest`: files, and the weights in their concatenated bytes. */
export interface ManifestGroup {
  readonly paths: readonly string[];
  readonly weights: readonly io.WeightsManifestEntry[];
}

/** A weight of a manifest. */
export interface ManifestWeight {
  readonly name: string;
  readonly shape: readonly number[];
  read(): Float32Array;
}

const TYPES: Readonly<Record<string, keyof typeof numberTypes>> = {
  float32: 'F32',
  float16: 'F16',
  int32: 'I32',
  uint16: 'U16',
  uint8: 'U8',
  bool: 'BOOL',
};

/**
 * Parses a manifest.
 *
 * @throws {WeightsFileError} it isn't a list of `{ paths, weights }`, or a path leads out of the model's folder
 */
export function manifestOf(json: unknown, source: string): readonly ManifestGroup[] {
  const texts = (values: unknown) =>
    Array.isArray(values) && values.every((value) => typeof value === 'string');
  const fits =
    Array.isArray(json) &&
    json.every(
      (group) => texts(group?.paths) && Array.isArray(group.weights) && group.weights.every(isEntry),
    );
  if (!fits) {
    throw new WeightsFileError(
      `${source}: expected a weights manifest, a list of { paths, weights }; received other JSON.`,
    );
  }
  const groups = json as ManifestGroup[];
  const outside = groups
    .flatMap(({ paths }) => paths)
    .find((path) => /(^|[/\\])\.\.([/\\]|$)|^[/\\]|:/.test(path));
  if (outside === undefined) return groups;
  throw new WeightsFileError(
    `${source}: expected names of files beside it; its manifest names "${outside}", which leads out of the folder.`,
  );
}

function isEntry(entry: io.WeightsManifestEntry | null): boolean {
  return (
    typeof entry?.name === 'string' &&
    Array.isArray(entry.shape) &&
    entry.shape.every((size) => Number.isSafeInteger(size) && size >= 0)
  );
}

/**
 * The weights of a group, from the bytes of its files. Quantised weights become stored number · scale + min.
 *
 * @throws {WeightsFileError} the bytes are fewer or more than the weights take, or of a type that isn't read
 */
export function manifestWeights(
  weights: readonly io.WeightsManifestEntry[],
  bytes: Uint8Array,
  source: string,
): ManifestWeight[] {
  let offset = 0;
  const found = weights.map(({ name, shape, dtype, quantization }): ManifestWeight => {
    const stored = quantization?.dtype ?? dtype;
    const type = Object.hasOwn(TYPES, stored) ? numberTypes[TYPES[stored]] : undefined;
    if (!type) {
      throw new WeightsFileError(`${source}: expected numbers for "${name}"; received the type "${stored}".`);
    }
    const start = offset;
    const end = (offset += elementCount(shape) * type.bytes);
    const { scale = 1, min = 0 } = (quantization ?? {}) as { scale?: number; min?: number };
    const isWhole = quantization !== undefined && quantization.dtype !== 'float16';
    return {
      name,
      shape,
      read() {
        const values = type.read(ownBuffer(bytes, start, end));
        return isWhole ? values.map((value) => value * scale + min) : values;
      },
    };
  });
  if (offset === bytes.length) return found;
  throw new WeightsFileError(
    `${source}: expected ${offset} bytes of weights beside it; received ${bytes.length}. Is the file cut short?`,
  );
}
