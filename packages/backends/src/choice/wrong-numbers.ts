import { smallStep } from './small-step';

/** Small enough for plain JavaScript. The odd side gives poolings padding on one side. */
const SIZE = { images: 2, side: 13, channels: 4 };

/** How far a backend's numbers may be from plain JavaScript's. 16-bit floats are further off. */
const TOLERANCE = 1e-4;

/** The numbers of a small training step on the backend in use. */
export function referenceNumbers(): Promise<Float32Array[]> {
  return smallStep(SIZE);
}

/** Says how the backend in use computes a small training step wrongly; undefined if its numbers are right. */
export async function wrongNumbers(reference: readonly Float32Array[]): Promise<string | undefined> {
  const worst = largestDistance(await smallStep(SIZE), reference);
  if (worst <= TOLERANCE) return undefined;
  return `its numbers in a small training step are off by ${(100 * worst).toPrecision(2)} %, so it can't be trained on`;
}

/** The largest difference of two lists of arrays, each relative to the array's largest number; Infinity for NaN. */
export function largestDistance(found: readonly Float32Array[], expected: readonly Float32Array[]): number {
  return Math.max(...expected.map((values, i) => distance(found[i], values)));
}

function distance(found: Float32Array, expected: Float32Array): number {
  if (!found.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  const scale = Math.max(...expected.map(Math.abs), 1e-6);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0) / scale;
}
