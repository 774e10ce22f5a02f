import type { Framing } from './framing';
import { takeNumbers } from './take-numbers';

/** The framing of the given rows, in their order. */
export function takeFraming(framing: Framing, rows: ArrayLike<number>): Framing {
  if (framing.kind === 'cover') return framing;
  if (framing.kind === 'boxes') return { ...framing, boxes: takeNumbers(framing.boxes, 4, rows) };
  return {
    ...framing,
    landmarks: takeNumbers(framing.landmarks, 2 * framing.template.length, rows),
  };
}
