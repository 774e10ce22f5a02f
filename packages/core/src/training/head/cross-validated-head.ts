import { permutation, random } from '../random';
import type { DesignMatrix } from './design-matrix';
import { solveLogistic } from './logistic-regression';

/** The L2 strengths that are tried, from the strongest, in half decades. */
const STRENGTHS = Array.from({ length: 12 }, (_, i) => 10 ** (1.5 - i / 2));

/** Above this number of images × features × labels × views, one part is held out instead of five in turn. */
const FOLDS_UP_TO = 1e9;

/** What the head is fitted to. */
export interface HeadTargets {
  /** From 0 to 1, `[rows, labels]`. */
  readonly y: Float32Array;
  /** Factors of the loss, 0 for labels that aren't known, `[rows, labels]`. */
  readonly weights: Float32Array;
  readonly labels: number;
}

/** A head fitted by logistic regression. */
export interface FittedHead {
  /** `[features + 1, labels]`: coefficients of the scaled features, and the intercepts in the last row. */
  readonly coefficients: Float64Array;
  /** The chosen strength of the L2 penalty, per label. */
  readonly strengths: Float64Array;
  readonly folds: number;
}

/**
 * Fits an L2-regularised logistic regression per label. The strength of each label is the one with the least loss on images
 * that the regression wasn't fitted to: five parts of the images are held out in turn. All views of an image are in one
 * part. With many images, only one fifth is held out.
 *
 * As scikit-learn's `LogisticRegressionCV` with `scoring='neg_log_loss'`; its `C` is `1 / (strength · images)`.
 */
export async function crossValidatedHead(
  matrix: DesignMatrix,
  targets: HeadTargets,
  { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal },
): Promise<FittedHead> {
  const { labels } = targets;
  const parts = Math.min(5, matrix.images);
  const size = matrix.rows * matrix.width * labels;
  const folds = parts < 2 ? 0 : size > FOLDS_UP_TO ? 1 : parts;
  const partOf = partsOf(matrix.images, parts, seed);
  const size0 = matrix.width * labels;
  const best = {
    loss: new Float64Array(labels).fill(Number.POSITIVE_INFINITY),
    rank: new Float64Array(labels),
  };
  const start = new Float64Array(size0);
  /** The labels for which weaker penalties are still tried, and the solutions of their folds. */
  let open = folds === 0 ? [] : Array.from({ length: labels }, (_, label) => label);
  let warm: Float64Array | undefined;
  for (const [rank, strength] of STRENGTHS.entries()) {
    if (open.length === 0) break;
    const problem = heldOutProblem(targets, open, folds, partOf, strength);
    const solved = await solveLogistic(matrix, problem, {
      start: warm,
      signal,
      tolerance: 3e-3,
      maxIterations: 30,
    });
    const losses = heldOutLosses(solved.logits, targets, open, folds, partOf);
    for (const [i, label] of open.entries()) {
      if (!(losses[i] < best.loss[label])) continue;
      best.loss[label] = losses[i];
      best.rank[label] = rank;
      for (let row = 0; row < matrix.width; row++) {
        start[row * labels + label] = meanOf(
          solved.coefficients,
          row * open.length * folds + i * folds,
          folds,
        );
      }
    }
    const stays = open.map((label) => rank - best.rank[label] < 2);
    warm = keepColumns(solved.coefficients, stays, folds);
    open = open.filter((_, i) => stays[i]);
  }
  const strengths = best.rank.map((rank) => STRENGTHS[folds === 0 ? 3 : rank]);
  const { coefficients } = await solveLogistic(
    matrix,
    { ...targets, columns: labels, strengths },
    { start, signal, maxIterations: 200 },
  );
  return { coefficients, strengths, folds };
}

/** The part of each image, 0 to `parts − 1`, drawn by the seed. */
function partsOf(images: number, parts: number, seed: number): Uint8Array {
  const partOf = new Uint8Array(images);
  for (const [i, image] of permutation(images, random(seed, 0x40ad)).entries()) partOf[image] = i % parts;
  return partOf;
}

/** A column per label and fold, side by side, in which the images of the fold's part count nothing. */
function heldOutProblem(
  { y, weights, labels }: HeadTargets,
  open: readonly number[],
  folds: number,
  partOf: Uint8Array,
  strength: number,
) {
  const columns = open.length * folds;
  const rows = y.length / labels;
  const own = { y: new Float32Array(rows * columns), weights: new Float32Array(rows * columns) };
  for (let row = 0; row < rows; row++) {
    const part = partOf[row % partOf.length];
    for (const [i, label] of open.entries()) {
      for (let fold = 0; fold < folds; fold++) {
        const at = row * columns + i * folds + fold;
        own.y[at] = y[row * labels + label];
        own.weights[at] = part === fold ? 0 : weights[row * labels + label];
      }
    }
  }
  return { ...own, columns, strengths: new Float64Array(columns).fill(strength) };
}

/** Per open label, the mean loss of the images that were held out. */
function heldOutLosses(
  logits: Float32Array,
  { y, weights, labels }: HeadTargets,
  open: readonly number[],
  folds: number,
  partOf: Uint8Array,
): Float64Array {
  const columns = open.length * folds;
  const sums = new Float64Array(open.length);
  for (let row = 0; row < y.length / labels; row++) {
    const fold = partOf[row % partOf.length];
    if (fold >= folds) continue;
    for (const [i, label] of open.entries()) {
      const z = logits[row * columns + i * folds + fold];
      const at = row * labels + label;
      sums[i] += weights[at] * (Math.max(z, 0) - z * y[at] + Math.log1p(Math.exp(-Math.abs(z))));
    }
  }
  return sums;
}

function keepColumns(coefficients: Float64Array, stays: readonly boolean[], folds: number): Float64Array {
  const columns = stays.length * folds;
  return coefficients.filter((_, i) => stays[Math.floor((i % columns) / folds)]);
}

function meanOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[from + i];
  return sum / count;
}
