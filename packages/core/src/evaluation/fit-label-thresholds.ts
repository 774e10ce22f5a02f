import { type FitThresholdsOptions, fitThresholds } from '@thawjs/metrics';
import { note } from './fit-calibration';
import type { ThresholdGoal } from './tune-options';

/** Probabilities and labels of validation images. */
export interface ValidationScores {
  readonly labels: readonly string[];
  readonly y: Uint8Array;
  readonly known?: Uint8Array | undefined;
  /** `[images, labels]`, row-major. */
  readonly scores: Float32Array;
}

/** Thresholds of all labels, and what users must know about them. */
export interface FittedLabelThresholds {
  readonly thresholds: readonly number[];
  /** The value of the goal at the threshold, on validation: F1, recall, cost per image…; NaN if nothing could be fitted. */
  readonly values: readonly number[];
  readonly notes: readonly string[];
}

/** The threshold of a label that none could be fitted for. */
const FALLBACK = 0.5;

/** With fewer positives than this, a threshold depends on single images. */
const FEW = 10;

/** Fits the threshold of each label on validation images. A label that has none for the goal gets ½. */
export function fitLabelThresholds(
  { labels, y, known, scores }: ValidationScores,
  goal: ThresholdGoal,
): FittedLabelThresholds {
  if (goal === 'half') {
    return { thresholds: labels.map(() => FALLBACK), values: labels.map(() => Number.NaN), notes: [] };
  }
  const shape = [y.length / labels.length, labels.length] as const;
  const fitted = fitThresholds(
    { data: y, shape },
    { data: scores, shape },
    {
      labels,
      ...(known && { mask: { data: known, shape } }),
      ...objectiveOf(goal),
    },
  );
  const positives = labels.map((_, column) => {
    let count = 0;
    for (let at = column; at < y.length; at += labels.length) count += known?.[at] === 0 ? 0 : y[at];
    return count;
  });
  const those = (isMeant: (column: number) => boolean) => labels.filter((_, column) => isMeant(column));
  const isFitted = (column: number) => !Number.isNaN(fitted.thresholds[column]);
  return {
    // Costs may ask for no prediction at all; a probability of 1 is the nearest to it.
    thresholds: Array.from(fitted.thresholds, (value, column) => {
      if (Number.isNaN(value)) return FALLBACK;
      return value > 1 ? 1 : betweenScores(value, knownScores(labels.length, column, scores, known));
    }),
    values: [...fitted.values],
    notes: [
      ...note(
        those((column) => !isFitted(column) && positives[column] === 0),
        `no positive validation image, so the threshold is ${FALLBACK}`,
      ),
      ...note(
        those((column) => !isFitted(column) && positives[column] > 0),
        `no threshold reaches ${JSON.stringify(goal)}, so it is ${FALLBACK}`,
      ),
      ...note(
        those((column) => fitted.thresholds[column] === Number.POSITIVE_INFINITY),
        'predicting no image costs least, so the threshold is 1',
      ),
      ...note(
        those((column) => isFitted(column) && positives[column] > 0 && positives[column] < FEW),
        `fewer than ${FEW} positive validation images, so the threshold is uncertain`,
      ),
    ],
  };
}

/**
 * The middle between a score and the next lower one, which decides the same images. At the score itself, an image could be
 * decided differently on another backend, whose sums round differently.
 */
function betweenScores(score: number, scores: Float32Array): number {
  const below = scores.reduce((highest, one) => (one < score && one > highest ? one : highest), 0);
  const middle = (score + below) / 2;
  return Math.fround(middle) > below ? middle : score;
}

function knownScores(
  labels: number,
  column: number,
  scores: Float32Array,
  known: Uint8Array | undefined,
): Float32Array {
  return scores.filter((_, at) => at % labels === column && known?.[at] !== 0);
}

function objectiveOf(goal: Exclude<ThresholdGoal, 'half'>): FitThresholdsOptions {
  if (goal === 'f1') return { objective: 'fbeta' };
  if (goal === 'youden') return { objective: 'youden' };
  if ('fbeta' in goal) return { objective: 'fbeta', beta: goal.fbeta };
  if ('precisionAtLeast' in goal) return { objective: 'recall', atLeast: goal.precisionAtLeast };
  if ('recallAtLeast' in goal) return { objective: 'precision', atLeast: goal.recallAtLeast };
  const { falsePositive, falseNegative } = goal.cost;
  return { objective: 'cost', falsePositiveCost: falsePositive, falseNegativeCost: falseNegative };
}
