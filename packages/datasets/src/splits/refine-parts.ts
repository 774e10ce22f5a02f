import type { RandomGenerator } from '../random/random-generator';
import { lacking, moveUnit, type PartCounts } from './part-counts';

/** Exchanges tried a unit, and at most in all: the work is bounded by the data, never by the clock. */
const TRIALS_PER_UNIT = 400;
const MOST_TRIALS = 3_000_000;
/** Positives are whole numbers, shares fractions of them. */
const ROUNDING = 1e-6;

/** A power of the relative excess. The higher the power, the more the largest excess counts. */
type Loss = (relative: number) => number;

const square: Loss = (relative) => relative * relative;
const eighthPower: Loss = (relative) => square(square(square(relative)));

/**
 * Brings parts nearer to their shares of rows and labels: single units move, and pairs change places, wherever that lowers
 * the sum of squared relative deviations; then the sum of their eighth powers, which is all but the largest alone. Positives
 * that a part lacks of their least number come before both.
 *
 * @param partOf the part of every unit; it is changed in place
 * @param open the parts that units may go to
 */
export function refineParts(
  parts: PartCounts,
  partOf: Uint8Array,
  open: readonly number[],
  random: RandomGenerator,
): void {
  const { count } = parts.units;
  const unitsIn = new Int32Array(256);
  for (const part of partOf) unitsIn[part]++;
  if (count < 2 || open.length < 2) return;
  const trials = Math.min(TRIALS_PER_UNIT * count, MOST_TRIALS) >> 1;
  for (const loss of [square, eighthPower]) {
    for (let trial = 0; trial < trials; trial++) {
      const a = Math.floor(random() * count);
      if (trial % 8 === 0) {
        const to = open[Math.floor(random() * open.length)];
        const from = partOf[a];
        if (to !== from && unitsIn[from] > 1 && change(parts, loss, from, to, a) < 0) {
          place(parts, partOf, a, to);
          unitsIn[from]--;
          unitsIn[to]++;
        }
        continue;
      }
      const b = Math.floor(random() * count);
      const from = partOf[a];
      const to = partOf[b];
      if (from !== to && change(parts, loss, from, to, a, b) < 0) {
        place(parts, partOf, a, to);
        place(parts, partOf, b, from);
      }
    }
  }
}

function place(parts: PartCounts, partOf: Uint8Array, unit: number, to: number): void {
  moveUnit(parts, unit, partOf[unit], -1);
  moveUnit(parts, unit, to, 1);
  partOf[unit] = to;
}

/**
 * How much the loss changes when `a` goes from one part to another, and `b`, if any, the other way; where the number of
 * positives that parts lack of their least changes, that alone decides.
 */
function change(parts: PartCounts, loss: Loss, from: number, to: number, a: number, b?: number): number {
  const { units, excess, scale } = parts;
  const { width, members } = units;
  let missing = 0;
  let sum = 0;
  for (let column = 0; column < width; column++) {
    const moved = members[a * width + column] - (b === undefined ? 0 : members[b * width + column]);
    if (moved === 0) continue;
    const i = from * width + column;
    const j = to * width + column;
    const [left, right] = [scale[i], scale[j]];
    missing +=
      lacking(parts, i, excess[i] - moved) -
      lacking(parts, i, excess[i]) +
      lacking(parts, j, excess[j] + moved) -
      lacking(parts, j, excess[j]);
    sum +=
      loss((excess[i] - moved) * left) -
      loss(excess[i] * left) +
      loss((excess[j] + moved) * right) -
      loss(excess[j] * right);
  }
  return Math.abs(missing) > ROUNDING ? missing : sum;
}
