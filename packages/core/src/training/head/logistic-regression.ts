import type { DesignMatrix } from './design-matrix';

/** Independent logistic regressions on the same features, one per column. */
export interface LogisticProblem {
  readonly columns: number;
  /** Targets from 0 to 1, `[rows, columns]`. */
  readonly y: Float32Array;
  /** Factors of 0 or more for the rows' losses, `[rows, columns]`. */
  readonly weights: Float32Array;
  /** The strength λ of the L2 penalty, per column. */
  readonly strengths: Float64Array;
}

/** A solution: a coefficient per feature, and the intercept in the last row. */
export interface LogisticSolution {
  /** `[width, columns]`, row-major. */
  readonly coefficients: Float64Array;
  /** The logits of all rows, `[rows, columns]`. */
  readonly logits: Float32Array;
  readonly iterations: number;
}

export interface SolverOptions {
  /** `[width, columns]`: where to start; default zeros. */
  readonly start?: Float64Array;
  /** Default 100. */
  readonly maxIterations?: number;
  /** A column is solved if its gradient's norm is at most this; default 1e-4. */
  readonly tolerance?: number;
  readonly signal?: AbortSignal;
}

/** The number of earlier steps that L-BFGS remembers. */
const MEMORY = 10;

/**
 * Minimises, per column, `Σ weights · bce(logit, y) / Σ weights + λ/2 · |coefficients|²`. The intercept has no penalty.
 *
 * To both sums one image of weight 1 is added that has the mean features and the label ½. The intercept alone then is the
 * log odds of `(positives + ½) / (images + 1)`, and stays finite if a label has no positive or no negative image.
 *
 * L-BFGS (Nocedal, 1980; Liu and Nocedal, 1989) for all columns at once, so that each iteration is two products with the
 * features. The length of a step is found by Newton's method along the direction, where logits are linear.
 */
export async function solveLogistic(
  matrix: DesignMatrix,
  problem: LogisticProblem,
  { start, maxIterations = 100, tolerance = 1e-4, signal }: SolverOptions = {},
): Promise<LogisticSolution> {
  const { columns, strengths } = problem;
  const { width } = matrix;
  const penalised = (width - 1) * columns;
  const totals = columnSums(problem.weights, columns).map((sum) => sum + 1);
  const x = Float64Array.from(start ?? new Float64Array(width * columns));
  const z = await matrix.times(x, columns);
  const history: Step[] = [];
  let gradient = await gradientAt();
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    signal?.throwIfAborted();
    const norms = dots(gradient, gradient, columns);
    if (norms.every((square) => Math.sqrt(square) <= tolerance)) break;
    const direction = descent(gradient, history, columns);
    const zd = await matrix.times(direction, columns);
    const lengths = stepLengths(problem, { z, zd, x, direction, totals, gradient });
    const change = scaled(direction, lengths);
    for (let i = 0; i < x.length; i++) x[i] += change[i];
    for (let start = 0; start < z.length; start += columns) {
      for (let c = 0; c < columns; c++) z[start + c] += zd[start + c] * lengths[c];
    }
    const next = await gradientAt();
    const difference = next.map((value, i) => value - gradient[i]);
    remember(history, { change, difference }, columns);
    gradient = next;
  }
  return { coefficients: x, logits: z, iterations };

  async function gradientAt(): Promise<Float64Array> {
    const { y, weights } = problem;
    const residuals = new Float32Array(z.length);
    for (let start = 0; start < z.length; start += columns) {
      for (let c = 0; c < columns; c++) {
        const i = start + c;
        if (weights[i] > 0) residuals[i] = (weights[i] * (sigmoid(z[i]) - y[i])) / totals[c];
      }
    }
    const result = Float64Array.from(await matrix.transposedTimes(residuals, columns));
    addScaled(result.subarray(0, penalised), x, strengths, 1);
    for (let c = 0; c < columns; c++) result[penalised + c] += (sigmoid(x[penalised + c]) - 0.5) / totals[c];
    return result;
  }
}

/** A step that L-BFGS remembers, and 1 over the dot product of both vectors, per column. */
interface Step {
  readonly change: Float64Array;
  readonly difference: Float64Array;
  readonly rho: Float64Array;
}

function remember(history: Step[], { change, difference }: Omit<Step, 'rho'>, columns: number): void {
  const rho = dots(change, difference, columns).map((dot) => (dot > 1e-14 ? 1 / dot : 0));
  history.push({ change, difference, rho });
  if (history.length > MEMORY) history.shift();
}

/** The two-loop recursion of L-BFGS, for each column by itself. */
function descent(gradient: Float64Array, history: readonly Step[], columns: number): Float64Array {
  const q = gradient.slice();
  const alphas = history.map(() => new Float64Array(0));
  for (let k = history.length - 1; k >= 0; k--) {
    const { change, difference, rho } = history[k];
    const alpha = dots(change, q, columns).map((dot, c) => dot * rho[c]);
    addScaled(q, difference, alpha, -1);
    alphas[k] = alpha;
  }
  const last = history.at(-1);
  if (last) {
    const squares = dots(last.difference, last.difference, columns);
    const scales = squares.map((square, c) =>
      last.rho[c] > 0 && square > 0 ? 1 / (last.rho[c] * square) : 1,
    );
    q.set(scaled(q, scales));
  }
  for (const [k, { change, difference, rho }] of history.entries()) {
    const beta = dots(difference, q, columns);
    addScaled(
      q,
      change,
      alphas[k].map((alpha, c) => alpha - rho[c] * beta[c]),
      1,
    );
  }
  const slopes = dots(q, gradient, columns);
  const steepest = slopes.map((slope) => (slope > 0 ? 0 : -1));
  const result = scaled(
    q,
    slopes.map((slope) => (slope > 0 ? -1 : 0)),
  );
  addScaled(result, gradient, steepest, 1);
  return result;
}

interface LineSearch {
  readonly z: Float32Array;
  readonly zd: Float32Array;
  readonly x: Float64Array;
  readonly direction: Float64Array;
  readonly totals: Float64Array;
  readonly gradient: Float64Array;
}

/** Per column, how far to go: where the slope along the direction is at most a tenth of the slope at the start. */
function stepLengths(
  { columns, y, weights, strengths }: LogisticProblem,
  { z, zd, x, direction, totals, gradient }: LineSearch,
): Float64Array {
  const penalised = x.length - columns;
  const slopeAtStart = dots(gradient, direction, columns);
  const ofPenalty = dots(x.subarray(0, penalised), direction.subarray(0, penalised), columns);
  const squares = dots(direction.subarray(0, penalised), direction.subarray(0, penalised), columns);
  const lengths = new Float64Array(columns).fill(1);
  const low = new Float64Array(columns);
  const high = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const open = slopeAtStart.map((slope) => (slope < 0 ? 1 : 0));
  for (let c = 0; c < columns; c++) if (open[c] === 0) lengths[c] = 0;
  for (let round = 0; round < 20 && open.some(Boolean); round++) {
    const slopes = new Float64Array(columns);
    const curvatures = new Float64Array(columns);
    for (let start = 0; start < z.length; start += columns) {
      for (let c = 0; c < columns; c++) {
        const i = start + c;
        if (open[c] === 0 || weights[i] === 0) continue;
        const p = sigmoid(z[i] + lengths[c] * zd[i]);
        slopes[c] += weights[i] * (p - y[i]) * zd[i];
        curvatures[c] += weights[i] * p * (1 - p) * zd[i] * zd[i];
      }
    }
    for (let c = 0; c < columns; c++) {
      if (open[c] === 0) continue;
      const t = lengths[c];
      const d = direction[penalised + c];
      const p = sigmoid(x[penalised + c] + t * d);
      const slope = (slopes[c] + (p - 0.5) * d) / totals[c] + strengths[c] * (ofPenalty[c] + t * squares[c]);
      const curvature = (curvatures[c] + p * (1 - p) * d * d) / totals[c] + strengths[c] * squares[c];
      if (Math.abs(slope) <= 0.1 * Math.abs(slopeAtStart[c])) {
        open[c] = 0;
        continue;
      }
      if (slope < 0) low[c] = t;
      else high[c] = t;
      const newton = t - slope / curvature;
      const widest = high[c] === Number.POSITIVE_INFINITY ? 4 * t : high[c];
      lengths[c] = newton > low[c] && newton < widest ? newton : (low[c] + widest) / 2;
    }
  }
  return lengths;
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function columnSums(values: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let start = 0; start < values.length; start += columns) {
    for (let c = 0; c < columns; c++) sums[c] += values[start + c];
  }
  return sums;
}

/** Each column times its factor. */
function scaled(values: Float64Array, factors: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  addScaled(result, values, factors, 1);
  return result;
}

/** The dot product of each column of one matrix with the same column of another. */
function dots(a: Float64Array, b: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let start = 0; start < a.length; start += columns) {
    for (let c = 0; c < columns; c++) sums[c] += a[start + c] * b[start + c];
  }
  return sums;
}

function addScaled(to: Float64Array, from: Float64Array, factors: Float64Array, sign: 1 | -1): void {
  const columns = factors.length;
  for (let start = 0; start < to.length; start += columns) {
    for (let c = 0; c < columns; c++) to[start + c] += sign * factors[c] * from[start + c];
  }
}
