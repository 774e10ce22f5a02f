import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { logLoss, rocAucScore } from '@thawjs/metrics';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { memoryFeatures } from '../../../src/features/kept-features';
import { crossValidatedHead } from '../../../src/training/head/cross-validated-head';
import { designMatrix } from '../../../src/training/head/design-matrix';
import { random } from '../../../src/training/random';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type Matrix = readonly (readonly number[])[];

/** Images to learn from, and others to score. */
interface Drawn {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly unseenX: Matrix;
  readonly unseenY: Matrix;
}

const UNSEEN = 2000;
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, i) => sum + v * b[i], 0);
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Normal features, and labels by a logistic model of which a share of the coefficients isn't 0. */
function draw(of: {
  seed: number;
  images: number;
  features: number;
  labels: number;
  signal: number;
  share: number;
}): Drawn {
  const next = random(of.seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const vector = (length: number, value: () => number) => Array.from({ length }, value);
  const models = vector(of.labels, () => 0).map(() => ({
    intercept: -2 * next(),
    kernel: vector(of.features, () => (next() < of.share ? of.signal * normal() : 0)),
  }));
  const rows = (count: number) => {
    const x = Array.from({ length: count }, () => vector(of.features, normal));
    const y = x.map((row) =>
      models.map(({ intercept, kernel }) => Number(next() < sigmoid(intercept + dot(row, kernel)))),
    );
    return { x, y };
  };
  const [seen, unseen] = [rows(of.images), rows(UNSEEN)];
  return { ...seen, unseenX: unseen.x, unseenY: unseen.y };
}

/** Newton's method for `mean loss + strength / 2 · |kernel|²`; the last coefficient is the intercept's. */
function newton(x: Matrix, y: readonly number[], strength: number): number[] {
  const width = x[0].length + 1;
  const rows = x.map((row) => [...row, 1]);
  let w = new Array<number>(width).fill(0);
  for (let round = 0; round < 30; round++) {
    const hessian = Array.from({ length: width }, (_, i) =>
      Array.from({ length: width }, (_, j) => (i === j ? (i < width - 1 ? strength : 1e-6) : 0)),
    );
    const gradient = w.map((v, i) => (i < width - 1 ? strength * v : 1e-6 * v));
    for (const [r, row] of rows.entries()) {
      const p = sigmoid(dot(row, w));
      for (let i = 0; i < width; i++) {
        gradient[i] += ((p - y[r]) * row[i]) / rows.length;
        for (let j = 0; j < width; j++) hessian[i][j] += (p * (1 - p) * row[i] * row[j]) / rows.length;
      }
    }
    const step = solve(hessian, gradient);
    const longest = Math.max(1, ...step.map((v) => Math.abs(v) / 3));
    w = w.map((v, i) => v - step[i] / longest);
  }
  return w;
}

/** Gaussian elimination of a positive definite system. */
function solve(a: number[][], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]]);
  for (let i = 0; i < rows.length; i++)
    for (let r = i + 1; r < rows.length; r++) {
      const factor = rows[r][i] / rows[i][i];
      for (let c = i; c <= rows.length; c++) rows[r][c] -= factor * rows[i][c];
    }
  const x = new Array<number>(rows.length).fill(0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const rest = x.reduce((sum, v, c) => (c > i ? sum + rows[i][c] * v : sum), 0);
    x[i] = (rows[i][rows.length] - rest) / rows[i][i];
  }
  return x;
}

const STRENGTHS = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001];

/** The probe: per label, the strength with the least loss over five folds, as scikit-learn's LogisticRegressionCV. */
function probe({ x, y }: Drawn, label: number): number[] {
  const own = y.map((row) => row[label]);
  const losses = STRENGTHS.map((strength) => {
    let sum = 0;
    for (let fold = 0; fold < 5; fold++) {
      const stays = (_: unknown, i: number) => i % 5 !== fold;
      const w = newton(x.filter(stays), own.filter(stays), strength);
      for (let i = fold; i < x.length; i += 5) sum += loss(dot([...x[i], 1], w), own[i]);
    }
    return sum;
  });
  return newton(x, own, STRENGTHS[losses.indexOf(Math.min(...losses))]);
}

const loss = (z: number, y: number) => Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));

async function head({ x, y }: Drawn, seed: number): Promise<number[][]> {
  const [features, labels] = [x[0].length, y[0].length];
  const kept = memoryFeatures(x.length, [features]);
  kept.append(Float32Array.from(x.flat()));
  const scale = { mean: new Float32Array(features), scale: new Float32Array(features).fill(1) };
  const matrix = designMatrix([kept], scale);
  const targets = {
    y: Float32Array.from(y.flat()),
    weights: new Float32Array(y.length * labels).fill(1),
    labels,
  };
  const { coefficients } = await crossValidatedHead(matrix, targets, { seed });
  matrix.dispose();
  return y[0].map((_, label) =>
    Array.from({ length: features + 1 }, (_, f) => coefficients[f * labels + label]),
  );
}

function scores({ unseenX, unseenY }: Drawn, coefficients: Matrix) {
  const shape = [UNSEEN, coefficients.length] as const;
  const data = Float32Array.from(
    unseenX.flatMap((row) => coefficients.map((w) => sigmoid(dot([...row, 1], w)))),
  );
  const truth = { data: Uint8Array.from(unseenY.flat()), shape };
  return {
    loss: logLoss(truth, { data, shape }),
    auc: rocAucScore(truth, { data, shape }, { average: 'macro', undefined: 'skip' }),
  };
}

test('on drawn data, the head predicts unseen images as well as a logistic regression with cross-validated C, or better', async () => {
  const gains: { loss: number; auc: number }[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(1e6),
        images: fc.integer({ min: 30, max: 80 }),
        features: fc.integer({ min: 4, max: 8 }),
        labels: fc.integer({ min: 2, max: 6 }),
        signal: fc.constantFrom(0, 0.3, 0.6, 1),
        share: fc.constantFrom(0.2, 0.5, 1),
      }),
      async (of) => {
        const drawn = draw(of);
        const ours = scores(drawn, await head(drawn, of.seed));
        const theirs = scores(
          drawn,
          drawn.y[0].map((_, label) => probe(drawn, label)),
        );
        gains.push({ loss: theirs.loss - ours.loss, auc: ours.auc - theirs.auc });
      },
    ),
    { numRuns: 16, seed: 14, endOnFailure: true },
  );
  // On so few images, chance may favour either; strengths that labels borrow from each other win on average.
  for (const gain of gains) expect(gain.loss).toBeGreaterThan(-0.05);
  expect(mean(gains.map((gain) => gain.loss))).toBeGreaterThan(0);
  expect(mean(gains.map((gain) => gain.auc))).toBeGreaterThan(-0.002);
});
