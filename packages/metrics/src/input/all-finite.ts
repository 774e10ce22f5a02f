/**
 * Values per block. One loop over the whole array takes V8 nearly twice as long (measured on Node 20 and 24).
 */
const BLOCK = 256;

/**
 * The largest distance from [0, 1] that counts as rounding: means and ensembles round their probabilities.
 */
const ROUNDING = 1e-6;

/** Whether no value is NaN or infinite. */
export function allFinite(data: Float32Array | Float64Array): boolean {
  let zero = 0;
  for (let start = 0; start < data.length; start += BLOCK) {
    zero += timesZero(data, start, Math.min(start + BLOCK, data.length));
  }
  return zero === 0;
}

/** Whether every value is in [0, 1], apart from rounding; NaN isn't. */
export function allUnit(data: Float32Array | Float64Array): boolean {
  let inside = 0;
  for (let start = 0; start < data.length; start += BLOCK) {
    inside += countUnit(data, start, Math.min(start + BLOCK, data.length));
  }
  return inside === data.length;
}

/** Whether a value is in [0, 1], apart from rounding. */
export function isUnit(value: number): boolean {
  return Math.abs(value - 0.5) <= 0.5 + ROUNDING;
}

/** The sum of 0 · value: 0 if all values are finite, else NaN. */
function timesZero(data: Float32Array | Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += data[index] * 0;
  return sum;
}

function countUnit(data: Float32Array | Float64Array, start: number, end: number): number {
  let count = 0;
  for (let index = start; index < end; index++) count += Number(isUnit(data[index]));
  return count;
}
