import { isKnown, isPredicted, isTrue, type TestData } from './test-data';

/** Two labels, of which one is missed and the other wrongly predicted on the same images. */
export interface ConfusedLabels {
  /** The index of the label that is true and not predicted. */
  readonly missed: number;
  /** The index of the label that is predicted and not true. */
  readonly found: number;
  /** The number of images on which both happen. */
  readonly images: number;
  /** The number of images on which both would happen if they were independent. */
  readonly expected: number;
}

/** Pairs with fewer images aren't reported. */
const LEAST_IMAGES = 3;
/** The greatest probability that chance alone makes a pair of a report, all pairs of labels together (Bonferroni). */
const ERROR = 0.05;

/**
 * The pairs of labels that the model confuses more often than by chance, those furthest above chance first.
 *
 * In multilabel data no confusion matrix says which label was confused with which. A missed label and a
 * wrongly predicted one on the same image are the closest evidence.
 */
export function confusedLabels(data: TestData): ConfusedLabels[] {
  const { rows, columns } = data;
  const together = new Float64Array(columns * columns);
  const missed = new Float64Array(columns);
  const found = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const wrong: number[] = [];
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      if (isKnown(data, cell) && isTrue(data, cell) !== isPredicted(data, cell)) wrong.push(column);
    }
    const [misses, extras] = [true, false].map((truth) =>
      wrong.filter((column) => isTrue(data, row * columns + column) === truth),
    );
    for (const a of misses) {
      missed[a]++;
      for (const b of extras) together[a * columns + b]++;
    }
    for (const b of extras) found[b]++;
  }
  const limit = ERROR / (columns * (columns - 1));
  const pairs: ConfusedLabels[] = [];
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < columns; b++) {
      const images = together[a * columns + b];
      if (images < LEAST_IMAGES) continue;
      const expected = data.mask ? expectedIfKnown(data, a, b) : (missed[a] * found[b]) / rows;
      if (poissonTail(images, expected) < limit) pairs.push({ missed: a, found: b, images, expected });
    }
  }
  return pairs.sort((a, b) => b.images - b.expected - (a.images - a.expected));
}

/** The expected number of images for a pair, from the images for which both labels are known. */
function expectedIfKnown(data: TestData, a: number, b: number): number {
  let [rows, missed, found] = [0, 0, 0];
  for (let start = 0; start < data.rows * data.columns; start += data.columns) {
    const [first, second] = [start + a, start + b];
    if (!isKnown(data, first) || !isKnown(data, second)) continue;
    rows++;
    if (isTrue(data, first) && !isPredicted(data, first)) missed++;
    if (!isTrue(data, second) && isPredicted(data, second)) found++;
  }
  return (missed * found) / rows;
}

/** The probability of at least `count` events if a Poisson distribution has the given mean; 1 up to the mean. */
function poissonTail(count: number, mean: number): number {
  if (count <= mean) return 1;
  // Stirling's series for the logarithm of the factorial.
  const logFactorial = count * Math.log(count) - count + Math.log(2 * Math.PI * count) / 2 + 1 / (12 * count);
  let term = Math.exp(count * Math.log(mean) - mean - logFactorial);
  let sum = 0;
  for (let events = count; term > sum * Number.EPSILON; events++) {
    sum += term;
    term *= mean / (events + 1);
  }
  return sum;
}
