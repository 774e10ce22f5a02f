/** From 0 to below 1, as conformance/training/fixed_values.py has them: a hash of the name and the position. */
export function uniform(name: string, count: number): Float64Array {
  let seed = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) seed = Math.imul(seed ^ byte, 0x01000193);
  return Float64Array.from({ length: count }, (_, i) => {
    let h = (Math.imul(i, 0x9e3779b9) + seed) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
  });
}

const product = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1);

/** A weight's first values by its name, `layer/weight`. */
export function fixedWeight(
  name: string,
  shape: readonly number[],
  gamma: readonly [number, number],
): Float32Array {
  const bounds = range(name.slice(name.lastIndexOf('/') + 1), shape, gamma);
  const endsBlock = name.endsWith('_3_bn/gamma'); // see the Python
  const [low, high] = endsBlock ? bounds.map((bound) => bound / 5) : bounds;
  return Float32Array.from(uniform(name, product(shape)), (u) => low + (high - low) * u);
}

function range(
  kind: string,
  shape: readonly number[],
  gamma: readonly [number, number],
): readonly [number, number] {
  if (kind === 'kernel') {
    const depthwise = shape.length === 4 && shape[3] === 1;
    const limit = Math.sqrt(6 / product(depthwise ? shape.slice(0, 2) : shape.slice(0, -1)));
    return [-limit, limit];
  }
  if (kind === 'gamma') return gamma;
  return kind === 'moving_variance' ? [0.5, 1.5] : [-0.2, 0.2];
}

/** RGB pixels of a step's batch, 0 to 255. */
export function fixedImages(draw: number, step: number, length: number): Uint8Array {
  return Uint8Array.from(uniform(`images/${draw}/${step}`, length), (u) => Math.floor(256 * u));
}

/** The labels of every batch, 0 or 1. */
export function fixedLabels(length: number): Uint8Array {
  return Uint8Array.from(uniform('labels', length), (u) => Number(u < 0.5));
}
