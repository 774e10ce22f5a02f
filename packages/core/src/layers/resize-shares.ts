/** How new pixels are made of old ones: of the nearest, or of the two around them. */
export type Interpolation = 'bilinear' | 'nearest';

/**
 * The share of each old pixel of an axis in each new one, [to, from] in row order. The centres of pixels are where
 * TensorFlow and Keras place them.
 */
export function resizeShares(from: number, to: number, interpolation: Interpolation): Float32Array {
  const shares = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const centre = ((i + 0.5) * from) / to;
    if (interpolation === 'nearest') shares[i * from + Math.min(Math.floor(centre), from - 1)] = 1;
    else {
      const place = centre - 0.5;
      const before = Math.floor(place);
      shares[i * from + Math.max(before, 0)] += 1 - (place - before);
      shares[i * from + Math.min(before + 1, from - 1)] += place - before;
    }
  }
  return shares;
}
