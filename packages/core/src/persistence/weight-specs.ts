import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';

/** The bytes per stored number, by type. */
const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  uint8: 1,
  bool: 1,
  uint16: 2,
  float16: 2,
};

/**
 * Checks the list of a saved model's weights: unique names, shapes and types.
 *
 * @returns the number of bytes of all weights.
 * @throws SavedModelError
 */
export function checkedWeightBytes(specs: readonly io.WeightsManifestEntry[], place: string): number {
  const names = new Set<string>();
  let bytes = 0;
  for (const spec of specs) {
    if (!isSpec(spec) || names.has(spec.name)) {
      throw new SavedModelError(
        `load: expected weights with a name of their own, a shape and a type of numbers in ${place}; one is ` +
          `${JSON.stringify(spec)?.slice(0, 200)}.`,
      );
    }
    names.add(spec.name);
    bytes += byteLength(spec);
  }
  return bytes;
}

function isSpec(spec: Partial<io.WeightsManifestEntry> | null): spec is io.WeightsManifestEntry {
  const { name, shape, dtype, quantization } = spec ?? {};
  const type = quantization === undefined ? dtype : quantization?.dtype;
  return (
    typeof name === 'string' &&
    name !== '__proto__' &&
    Array.isArray(shape) &&
    shape.every((size) => Number.isSafeInteger(size) && size >= 0) &&
    Number.isSafeInteger(8 * shape.reduce((product, size) => product * size, 1)) &&
    ['float32', 'int32', 'bool'].includes(dtype as string) &&
    typeof type === 'string' &&
    Object.hasOwn(BYTES, type) &&
    (quantization === undefined || isQuantization(quantization))
  );
}

function isQuantization({
  dtype,
  scale,
  min,
}: NonNullable<io.WeightsManifestEntry['quantization']>): boolean {
  if (dtype === 'float16') return true;
  return (dtype === 'uint8' || dtype === 'uint16') && Number.isFinite(scale) && Number.isFinite(min);
}

function byteLength({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  return shape.reduce((product, size) => product * size, BYTES[quantization?.dtype ?? dtype] ?? 4);
}
