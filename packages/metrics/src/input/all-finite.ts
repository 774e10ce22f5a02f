/** One loop over everything takes V8 nearly twice as long (measured on Node 20 and 24). */
const BLOCK = 256;

/** Whether no value is NaN or infinite. */
export function allFinite(data: Float32Array | Float64Array): boolean {
  let zero = 0;
  for (let start = 0; start < data.length; start += BLOCK) {
    zero += timesZero(data, start, Math.min(start + BLOCK, data.length));
  }
  return zero === 0;
}

/** The sum of 0 · value: 0, or NaN. */
function timesZero(data: Float32Array | Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += data[index]! * 0;
  return sum;
}
