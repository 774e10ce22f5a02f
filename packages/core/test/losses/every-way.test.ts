import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { beforeAll, describe, expect, test } from 'vitest';
import { asymmetricLoss, binaryCrossentropy, focalLoss, type Loss } from '../../src';
import { imageLosses } from '../../src/losses/define-loss';
import { gradients } from '../../src/program/autodiff';
import { Program } from '../../src/program/ir';
import { constant, input } from '../../src/program/operations/sources';
import { opsOf } from '../../src/program/ops';
import { ways } from '../program/ways';

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** The losses, and the formulas of the papers in 64 bits, of a logit, a label and the label's column. */
const LOSSES: [string, Loss, (z: number, y: number, column: number) => number][] = [
  [
    'weighted binary cross-entropy with smoothed labels',
    binaryCrossentropy({ labelSmoothing: 0.1, positiveWeights: [3, 0.5], labelWeights: [1, 2] }),
    (z, y, column) => {
      const t = 0.9 * y + 0.05;
      return [1, 2][column] * ([3, 0.5][column] * t * softplus(-z) + (1 - t) * softplus(z));
    },
  ],
  [
    'focal loss',
    focalLoss({ gamma: 2, alpha: 0.25 }),
    (z, y) => {
      const missed = y * sigmoid(-z) + (1 - y) * sigmoid(z);
      const crossentropy = y * softplus(-z) + (1 - y) * softplus(z);
      return (0.25 * y + 0.75 * (1 - y)) * missed ** 2 * crossentropy;
    },
  ],
  [
    'asymmetric loss',
    asymmetricLoss({ gammaPositive: 1, gammaNegative: 4, clip: 0.05 }),
    (z, y) => {
      const shifted = Math.max(sigmoid(z) - 0.05, 0);
      const ofNegative = shifted ** 4 * -Math.log(Math.min(sigmoid(-z) + 0.05, 1));
      return y * sigmoid(-z) * softplus(-z) + (1 - y) * ofNegative;
    },
  ],
];

const LOGITS = [1e4, -1e4, -1e4, 1e4, 200, -200, 3, -1.2, 0.4, 12, -12, 0];
const LABELS = [1, 1, 0, 0, 0, 1, 0.3, 0.8, 1, 0, 1, 0];
// The last image has no known label.
const KNOWN = [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0];
const WEIGHTS = [1, 2, 0.5, 1, 0, 1, 3, 1, 1, 0.25, 1, 1];
const IMAGES = LOGITS.length / 2;

/** The mean over images of the mean over known labels. */
function expectedMean(formula: (typeof LOSSES)[number][2], logits: readonly number[]): number {
  let sum = 0;
  for (let image = 0; image < IMAGES; image++) {
    const cells = [2 * image, 2 * image + 1].filter((at) => KNOWN[at] === 1);
    const own = cells.reduce((total, at) => total + WEIGHTS[at] * formula(logits[at], LABELS[at], at % 2), 0);
    sum += own / Math.max(cells.length, 1);
  }
  return sum / IMAGES;
}

describe.each(ways)('on $name', ({ backend, make }) => {
  beforeAll(async () => {
    await useBestBackend({ prefer: [backend], log: () => {} });
  });

  test.each(LOSSES)(
    '%s and its gradient are those of the formula, of logits of any size, unknown labels and weights',
    async (_, loss, formula) => {
      const program = new Program();
      const ops = opsOf(program);
      const sizes = [null, 2];
      const [logits, labels, known, weights] = ['logits', 'labels', 'known', 'weights'].map((name) =>
        input(program, [], { name, sizes }),
      );
      const given = { ops, logits, probabilities: ops.sigmoid(logits), labels, known };
      const mean = ops.mean(imageLosses(loss.definition!, given, weights));
      const one = constant(program, [], { values: [1], sizes: [] });
      const gradient = gradients(program, mean, one, [logits]).get(logits)!;
      const matrix = (values: readonly number[]) => tf.tensor2d([...values], [IMAGES, 2]);
      const run = make(program, [mean, gradient]);
      const tensors = [LOGITS, LABELS, KNOWN, WEIGHTS].map(matrix);
      const values = new Map([logits, labels, known, weights].map((value, i) => [value, tensors[i]]));
      const [[found], slopes] = await run.run(values);
      run.dispose();
      tf.dispose(tensors);
      const expected = expectedMean(formula, LOGITS);
      expect(Math.abs(found - expected)).toBeLessThan(1e-5 * expected);
      for (const [at, slope] of slopes.entries()) {
        const moved = (by: number) =>
          expectedMean(
            formula,
            LOGITS.map((logit, i) => logit + (i === at ? by : 0)),
          );
        expect(Math.abs(slope - (moved(1e-3) - moved(-1e-3)) / 2e-3), `logit ${at}`).toBeLessThan(1e-5);
      }
    },
  );
});
