import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { logLoss, rocAucScore } from '@thawjs/metrics';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryFeatures } from '../../../src/features/kept-features';
import { crossValidatedHead } from '../../../src/training/head/cross-validated-head';
import { type DesignMatrix, designMatrix } from '../../../src/training/head/design-matrix';
import { solveLogistic } from '../../../src/training/head/logistic-regression';

interface Fixture {
  readonly images: number;
  readonly x: number[][];
  readonly y: number[][];
  readonly weights: number[][];
  readonly solved: readonly { readonly strength: number; readonly coefficients: number[][] }[];
  readonly crossValidated: { readonly macroAuc: number; readonly logLoss: number };
}

const file = new URL('../../fixtures/logistic-regression.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const { images } = fixture;
const labels = fixture.y[0].length;
const features = fixture.x[0].length;
const train = fixture.x.slice(0, images);
const y = Float32Array.from(fixture.y.slice(0, images).flat());
const mean = Float32Array.from({ length: features }, (_, f) => average(train.map((row) => row[f])));
const scale = mean.map((m, f) => 1 / Math.sqrt(average(train.map((row) => (row[f] - m) ** 2))));

let matrix: DesignMatrix;
beforeEach(() => {
  const kept = memoryFeatures(images, [features]);
  kept.append(Float32Array.from(train.flat()));
  matrix = designMatrix([kept], { mean, scale });
});
afterEach(() => matrix.dispose());

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Logits of the test images, row-major. */
function testLogits(coefficients: Float64Array): Float32Array {
  return Float32Array.from(
    fixture.x
      .slice(images)
      .flatMap((row) =>
        Array.from({ length: labels }, (_, label) =>
          row.reduce(
            (sum, value, f) => sum + (value - mean[f]) * scale[f] * coefficients[f * labels + label],
            coefficients[features * labels + label],
          ),
        ),
      ),
  );
}

describe('solveLogistic', () => {
  test.each(fixture.solved)(
    'finds scikit-learn’s coefficients for L2 strength $strength, with weights per image and label',
    async ({ strength, coefficients }) => {
      const weights = Float32Array.from(fixture.weights.flat());
      const strengths = new Float64Array(labels).fill(strength);
      const solved = await solveLogistic(
        matrix,
        { columns: labels, y, weights, strengths },
        { tolerance: 1e-6 },
      );
      for (const [label, expected] of coefficients.entries()) {
        for (const [f, value] of expected.entries()) {
          const found = solved.coefficients[f * labels + label];
          expect(Math.abs(found - value)).toBeLessThan(2e-3 * Math.max(1, Math.abs(value)));
        }
      }
    },
  );

  test('gives the log odds of (positives + ½) / (images + 1) to labels without positive or negative images', async () => {
    const ofLabel = [0, 1, 0, 0, 1];
    const solved = await solveLogistic(
      matrix,
      {
        columns: labels,
        y: Float32Array.from({ length: images * labels }, (_, i) => ofLabel[i % labels]),
        weights: new Float32Array(images * labels).fill(1),
        strengths: new Float64Array(labels).fill(30),
      },
      { tolerance: 1e-7, maxIterations: 500 },
    );
    const logOdds = Math.log((images + 0.5) / 0.5);
    for (const [label, sign] of [-1, 1, -1, -1, 1].entries()) {
      expect(solved.coefficients[features * labels + label]).toBeCloseTo(sign * logOdds, 1);
    }
  });

  test('ends when the signal says so', async () => {
    const problem = {
      columns: labels,
      y,
      weights: new Float32Array(y.length).fill(1),
      strengths: new Float64Array(labels).fill(1),
    };
    await expect(solveLogistic(matrix, problem, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

describe('crossValidatedHead', () => {
  test('is on unseen images at least as good as scikit-learn’s with a cross-validated C', async () => {
    const targets = { y, weights: new Float32Array(y.length).fill(1), labels };
    const { coefficients, folds } = await crossValidatedHead(matrix, targets, { seed: 0 });
    const shape = [fixture.y.length - images, labels] as const;
    const truth = { data: Uint8Array.from(fixture.y.slice(images).flat()), shape };
    const logits = testLogits(coefficients);
    const probabilities = { data: logits.map((z) => 1 / (1 + Math.exp(-z))), shape };
    expect(folds).toBe(5);
    expect(rocAucScore(truth, probabilities, { average: 'macro' })).toBeGreaterThan(
      fixture.crossValidated.macroAuc - 0.01,
    );
    expect(logLoss(truth, probabilities)).toBeLessThan(fixture.crossValidated.logLoss + 0.01);
  });

  test('keeps no tensor once its matrix is disposed', async () => {
    const before = tf.memory().numTensors;
    const kept = memoryFeatures(images, [features]);
    kept.append(Float32Array.from(train.flat()));
    const own = designMatrix([kept, kept], { mean, scale });
    const twice = Float32Array.from([...y, ...y]);
    await crossValidatedHead(own, { y: twice, weights: twice.map(() => 1), labels }, { seed: 0 });
    own.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
