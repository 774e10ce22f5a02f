import type { LabelledImages } from '../../packages/core/src/index';

export const LABELS = Array.from({ length: 39 }, (_, label) => `label_${label}`);
export const SIDE = 224;

/** Images of noise in memory, the same as those of keras_side.py, so that no side decodes anything. */
export function noise(length: number): LabelledImages {
  const width = SIDE * SIDE * 3;
  const pixels = new Uint8Array(length * width);
  for (let i = 0, state = 1; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = state >>> 24;
  }
  const y = Uint8Array.from({ length: length * LABELS.length }, (_, i) => Number((i * 7919) % 5 < 2));
  return {
    length,
    ids: Array.from({ length }, (_, row) => `${row}`),
    labels: LABELS,
    y,
    async *batches({ batchSize }) {
      for (let start = 0; start < length; start += batchSize) {
        const end = Math.min(length, start + batchSize);
        yield {
          rows: Int32Array.from({ length: end - start }, (_, i) => start + i),
          pixels: pixels.subarray(start * width, end * width),
          shape: [end - start, SIDE, SIDE, 3],
          y: y.subarray(start * LABELS.length, end * LABELS.length),
        };
      }
    },
  };
}
