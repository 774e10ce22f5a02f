import type { LabelledImages } from '../../packages/core/src/index';
import { permutation, random } from '../../packages/core/src/training/random';

/** Images of noise, brighter if they have the first label. A seed gives the same images in every process. */
export function noiseImages(
  length: number,
  side: number,
  labels: readonly string[],
  seed: number,
): LabelledImages {
  const next = random(seed);
  const y = Uint8Array.from({ length: length * labels.length }, () => Number(next() < 0.5));
  const bytes = side * side * 3;
  const pixels = Uint8Array.from(
    { length: length * bytes },
    (_, i) => 60 * y[Math.floor(i / bytes) * labels.length] + 190 * next(),
  );
  return {
    length,
    ids: Array.from({ length }, (_, row) => `${row}.png`),
    labels,
    y,
    async *batches({ batchSize, shuffle, seed: of = 0, epoch = 0 }) {
      const order = shuffle
        ? permutation(length, random(of, epoch))
        : Int32Array.from({ length }, (_, i) => i);
      for (let start = 0; start < length; start += batchSize) {
        const rows = order.slice(start, start + batchSize);
        const of = <T extends Uint8Array>(all: T, width: number) =>
          Uint8Array.from([...rows].flatMap((row) => [...all.subarray(row * width, (row + 1) * width)]));
        yield {
          rows,
          pixels: of(pixels, bytes),
          shape: [rows.length, side, side, 3],
          y: of(y, labels.length),
        };
      }
    },
  };
}
