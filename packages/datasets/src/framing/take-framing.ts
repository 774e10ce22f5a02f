import type { Framing } from './framing';

/** The framing of the given rows, in their order. */
export function takeFraming(framing: Framing, rows: ArrayLike<number>): Framing {
  if (framing.kind === 'cover') return framing;
  if (framing.kind === 'boxes') return { ...framing, boxes: takeNumbers(framing.boxes, 4, rows) };
  return {
    ...framing,
    landmarks: takeNumbers(framing.landmarks, 2 * framing.template.length, rows),
  };
}

/** The numbers of the given rows, `width` a row, in their order. */
export function takeNumbers(column: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    taken.set(column.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  }
  return taken;
}
