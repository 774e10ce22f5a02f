import { type RocCurve, rocCurve } from '@thawjs/metrics';
import { shortThreshold } from './short-threshold';
import type { TestData } from './test-data';

/** The predictions at one threshold. */
interface SweepPoint {
  /** Infinity at the point at which nothing is predicted. */
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
}

/** The predictions of one class at thresholds from low to high. */
export interface ThresholdSweep {
  readonly positives: number;
  readonly negatives: number;
  /** In the order of rising thresholds, so that both counts fall. */
  readonly points: readonly SweepPoint[];
  /** For each point, a threshold with few digits that gives the same predictions. */
  readonly shown: readonly number[];
  /** The index of the point at the class' threshold. */
  readonly at: number;
  /** The index of the point with the best F1; -1 without positives. */
  readonly best: number;
}

/** The number of points per class of a long sweep. A step is then two of the 200 pixels of a chart. */
const POINTS = 100;

/** The threshold sweep of each class, thinned to at most about 200 points. */
export function thresholdSweeps({ yTrue, yScore, mask, thresholds }: TestData): ThresholdSweep[] {
  const curves = rocCurve(yTrue, yScore, { dropIntermediate: false, ...(mask && { mask }) });
  return curves.map((curve, column) => sweepOf(curve, countsOf(yTrue, mask, column), thresholds[column]));
}

function sweepOf(curve: RocCurve, { positives, negatives }: Counts, own: number): ThresholdSweep {
  const all = Array.from(curve.thresholds, (threshold, at) => ({
    threshold,
    tp: positives === 0 ? 0 : Math.round(curve.tpr[at] * positives),
    fp: negatives === 0 ? 0 : Math.round(curve.fpr[at] * negatives),
  })).reverse();
  const best =
    positives === 0 ? undefined : all.reduce((a, b) => (f1(b, positives) > f1(a, positives) ? b : a));
  const decided = all.find(({ threshold }) => threshold >= own) ?? all[all.length - 1];
  const kept = thin(all, positives, negatives).filter((point) => point !== decided);
  const points = [
    ...new Set([
      ...kept,
      ...(best && best !== decided ? [best] : []),
      { ...decided, threshold: own },
      // The same predictions as at the own threshold hold up to this probability.
      ...(decided.threshold > own ? [decided] : []),
    ]),
  ].sort((a, b) => a.threshold - b.threshold);
  const at = points.findIndex(({ threshold }) => threshold === own);
  // A threshold above all scores gives the same predictions as the last point, at which nothing is predicted.
  if (at === points.length - 2 && points[at].tp + points[at].fp === 0) points.pop();
  const bestAt = best === decided ? at : points.indexOf(best as SweepPoint);
  const shown = shortThresholds(
    points,
    all.map(({ threshold }) => threshold),
  );
  return { positives, negatives, points, shown, at, best: bestAt };
}

/** @param scores the distinct probabilities of the class, rising */
function shortThresholds(points: readonly SweepPoint[], scores: readonly number[]): number[] {
  let above = 0;
  return points.map(({ threshold }) => {
    while (scores[above] < threshold) above++;
    const next = scores[above] ?? Number.POSITIVE_INFINITY;
    return shortThreshold(threshold, scores[above - 1] ?? Number.NEGATIVE_INFINITY, next);
  });
}

function f1({ tp, fp }: SweepPoint, positives: number): number {
  return (2 * tp) / (tp + fp + positives);
}

/**
 * All points if there are few. Otherwise points at equal distances along the ROC curve, so that they are
 * dense where either count changes fast.
 */
function thin(points: readonly SweepPoint[], positives: number, negatives: number): SweepPoint[] {
  if (points.length <= 2 * POINTS) return [...points];
  const place = ({ tp, fp }: SweepPoint) => tp / Math.max(positives, 1) + fp / Math.max(negatives, 1);
  const kept: SweepPoint[] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const [index, point] of points.entries()) {
    if (index > 0 && index < points.length - 1 && last - place(point) < 2 / POINTS) continue;
    kept.push(point);
    last = place(point);
  }
  return kept;
}

interface Counts {
  readonly positives: number;
  readonly negatives: number;
}

function countsOf({ data, shape }: TestData['yTrue'], mask: TestData['mask'], column: number): Counts {
  let [positives, negatives] = [0, 0];
  for (let cell = column; cell < data.length; cell += shape[1]) {
    if (mask && mask.data[cell] === 0) continue;
    if (data[cell] === 1) positives++;
    else negatives++;
  }
  return { positives, negatives };
}
