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
/** The least distance above the expected count, in standard deviations of a Poisson distribution. */
const DEVIATIONS = 2;

/**
 * The pairs of labels that the model confuses, those furthest above chance first.
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
  const pairs: ConfusedLabels[] = [];
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < columns; b++) {
      const images = together[a * columns + b];
      const expected = (missed[a] * found[b]) / rows;
      const limit = expected + DEVIATIONS * Math.sqrt(expected);
      if (images >= LEAST_IMAGES && images > limit) pairs.push({ missed: a, found: b, images, expected });
    }
  }
  return pairs.sort((a, b) => b.images - b.expected - (a.images - a.expected));
}
