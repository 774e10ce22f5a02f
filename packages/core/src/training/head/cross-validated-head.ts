import { permutation, random } from '../random';
import type { DesignMatrix } from './design-matrix';
import { solveLogistic } from './logistic-regression';

/** The L2 strengths that are tried, from the strongest, in half decades. */
const STRENGTHS = Array.from({ length: 12 }, (_, i) => 10 ** (1.5 - i / 2));

/** How far labels' ranks are from each other, as a standard deviation, where their losses say little. */
const RANK_DEVIATION = 0.5;

/** The strength for data that is too small to hold anything out. */
const UNTRIED_RANK = 3;

/** Above this number of images × features × labels × views, one part is held out instead of five in turn. */
const FOLDS_UP_TO = 1e9;

/** The data that the head is fitted to. */
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
 * Fits an L2-regularised logistic regression per label. The strength of each label is chosen by the loss on images that the
 * regression wasn't fitted to: five parts of the images are held out in turn. All views of an image are in one part. With
 * many images, only one fifth is held out.
 *
 * As scikit-learn's `LogisticRegressionCV` with `scoring='neg_log_loss'`, whose `C` is `1 / (strength · images)`, but for the
 * choice: a label with few positive images says little about its strength, so labels borrow from each other (`chosenRanks`).
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
  const { losses, start } = await heldOutCurves(matrix, targets, { folds, partOf, signal });
  const views = matrix.rows / matrix.images;
  const ranks = folds === 0 ? losses.map(() => UNTRIED_RANK) : chosenRanks(losses, views);
  const strengths = Float64Array.from(ranks, (rank) => STRENGTHS[rank]);
  const problem = { ...targets, columns: labels, strengths };
  const { coefficients } = await solveLogistic(matrix, problem, { start, signal, maxIterations: 200 });
  return { coefficients, strengths, folds };
}

/** The data that is held out while strengths are tried. */
interface HeldOut {
  readonly folds: number;
  /** The part of each image. */
  readonly partOf: Uint8Array;
  readonly signal?: AbortSignal;
}

/**
 * Solves all folds for weaker and weaker penalties, each from the solution of the last. A label is left out once two
 * penalties in a row were no better.
 *
 * @returns per label, the losses of the held-out images by rank of the strength, and a start for the final fit.
 */
async function heldOutCurves(
  matrix: DesignMatrix,
  targets: HeadTargets,
  { folds, partOf, signal }: HeldOut,
): Promise<{ losses: number[][]; start: Float64Array }> {
  const { labels } = targets;
  const losses: number[][] = Array.from({ length: labels }, () => []);
  const start = new Float64Array(matrix.width * labels);
  let open = folds === 0 ? [] : Array.from({ length: labels }, (_, label) => label);
  let warm: Float64Array | undefined;
  for (const [rank, strength] of STRENGTHS.entries()) {
    if (open.length === 0) break;
    const problem = heldOutProblem(targets, open, folds, partOf, strength);
    const options = { start: warm, signal, tolerance: 3e-3, maxIterations: 30 };
    const solved = await solveLogistic(matrix, problem, options);
    const sums = heldOutLosses(solved.logits, targets, open, folds, partOf);
    for (const [i, label] of open.entries()) {
      losses[label].push(sums[i]);
      if (rankOfLeast(losses[label]) !== rank) continue;
      for (let row = 0; row < matrix.width; row++) {
        const at = (row * open.length + i) * folds;
        start[row * labels + label] = meanOf(solved.coefficients, at, folds);
      }
    }
    const stays = open.map((label) => rank - rankOfLeast(losses[label]) < 2);
    warm = keepColumns(solved.coefficients, stays, folds);
    open = open.filter((_, i) => stays[i]);
  }
  return { losses, start };
}

/**
 * Per label, the rank of the strength: the one with the least loss of the held-out images, in nats, plus
 * `(rank − mean rank)² / (2 · RANK_DEVIATION²)`. That is the most likely rank if labels' ranks are normally distributed. Where
 * many images speak, the loss decides; otherwise the other labels do.
 */
function chosenRanks(losses: readonly number[][], views: number): number[] {
  const least = losses.map(rankOfLeast);
  const mean = least.reduce((sum, rank) => sum + rank, 0) / least.length;
  return losses.map((ofLabel) =>
    rankOfLeast(ofLabel.map((loss, rank) => loss / views + (rank - mean) ** 2 / (2 * RANK_DEVIATION ** 2))),
  );
}

function rankOfLeast(losses: readonly number[]): number {
  return losses.indexOf(Math.min(...losses));
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
