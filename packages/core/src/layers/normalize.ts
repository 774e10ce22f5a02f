import type { Maths } from '../program/maths';

/** `(x − mean) / √(variance + ε)` by the mean and the biased variance over some axes. */
export function standardized<T>(maths: Maths<T>, x: T, axes: readonly number[], epsilon: number): T {
  const centred = maths.sub(x, maths.mean(x, [...axes], true));
  const variance = maths.mean(maths.square(centred), [...axes], true);
  return maths.mul(centred, maths.rsqrt(maths.add(variance, epsilon)));
}

/** `x · scale + shift`. Scale and shift are optional. */
export function affine<T>(maths: Maths<T>, x: T, scale: T | undefined, shift: T | undefined): T {
  const scaled = scale === undefined ? x : maths.mul(x, scale);
  return shift === undefined ? scaled : maths.add(scaled, shift);
}
