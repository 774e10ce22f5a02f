import { evaluateScores } from '@thawjs/metrics';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testData } from '../../../src/write-report/findings/test-data';
import { thresholdSweeps } from '../../../src/write-report/findings/threshold-sweep';

const sweepOf = (yTrue: number[], yScore: number[], threshold: number, known?: number[]) =>
  thresholdSweeps(
    testData(
      evaluateScores(
        yTrue.map((one) => [one]),
        yScore.map((one) => [one]),
        { labels: ['Bald'], threshold, ...(known && { mask: known.map((one) => [one]) }) },
      ),
    ),
  )[0];

describe('thresholdSweeps', () => {
  it('counts what is predicted from each probability on, from low to high', () => {
    const { points, positives, negatives, at, best } = sweepOf([1, 0, 1, 0], [0.9, 0.6, 0.6, 0.1], 0.6);
    expect(points).toEqual([
      { threshold: 0.1, tp: 2, fp: 2 },
      { threshold: 0.6, tp: 2, fp: 1 },
      { threshold: 0.9, tp: 1, fp: 0 },
      { threshold: Number.POSITIVE_INFINITY, tp: 0, fp: 0 },
    ]);
    expect([positives, negatives, at, best]).toEqual([2, 2, 1, 1]);
  });

  it('has a point at the class’ own threshold, between the probabilities', () => {
    const { points, at } = sweepOf([1, 0, 1, 0], [0.9, 0.6, 0.6, 0.1], 0.7);
    expect(points.slice(at)).toEqual([
      { threshold: 0.7, tp: 1, fp: 0 },
      { threshold: 0.9, tp: 1, fp: 0 },
      { threshold: Number.POSITIVE_INFINITY, tp: 0, fp: 0 },
    ]);
  });

  it('ends at the own threshold if that is above all probabilities', () => {
    const { points, at } = sweepOf([1, 0], [0.3, 0.2], 0.5);
    expect(at).toBe(points.length - 1);
    expect(points[at]).toEqual({ threshold: 0.5, tp: 0, fp: 0 });
  });

  it('leaves out unknown labels', () => {
    const { positives, negatives, points } = sweepOf([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1], 0.5, [1, 0, 1, 0]);
    expect([positives, negatives]).toEqual([1, 1]);
    expect(points[0]).toEqual({ threshold: 0.2, tp: 1, fp: 1 });
  });

  it.each([Float32Array, Float64Array])(
    'shows thresholds that give the same predictions, in the precision of a %o and in that of a reader',
    (Scores) => {
      const cell = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.double({ min: 0, max: 1, noNaN: true }));
      fc.assert(
        fc.property(
          fc.array(cell, { minLength: 1, maxLength: 40 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (cells, threshold) => {
            const shape = [cells.length, 1];
            const yTrue = { data: Uint8Array.from(cells, ([label]) => label), shape };
            const yScore = { data: new Scores(cells.map(([, score]) => score)), shape };
            const evaluation = evaluateScores(yTrue, yScore, { labels: ['a'], threshold });
            const [{ points, shown }] = thresholdSweeps(testData(evaluation));
            for (const [at, { tp, fp }] of points.entries()) {
              for (const limit of [shown[at], Scores.of(shown[at])[0]]) {
                const predicted = cells.filter((_, row) => yScore.data[row] >= limit);
                const hits = predicted.filter(([label]) => label === 1).length;
                expect([hits, predicted.length - hits], String(limit)).toEqual([tp, fp]);
              }
            }
          },
        ),
      );
    },
  );

  it('has no best point without positives', () => {
    const { best, positives, points, at } = sweepOf([0, 0], [0.3, 0.6], 0.5);
    expect([best, positives]).toEqual([-1, 0]);
    expect(points[at]).toEqual({ threshold: 0.5, tp: 0, fp: 1 });
  });

  it('says at the own threshold what evaluateScores says, however many images there are', () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.float({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 900 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (cells, threshold) => {
          const yTrue = { data: Uint8Array.from(cells, ([label]) => label), shape: [cells.length, 1] };
          const yScore = { data: Float32Array.from(cells, ([, score]) => score), shape: [cells.length, 1] };
          const evaluation = evaluateScores(yTrue, yScore, { labels: ['a'], threshold });
          const [{ points, at, best, positives, negatives }] = thresholdSweeps(testData(evaluation));
          const { tp, fp, fn, tn, f1 } = evaluation.perClass[0];
          expect([points[at].tp, points[at].fp, positives, negatives]).toEqual([tp, fp, tp + fn, fp + tn]);
          expect(points.length).toBeLessThanOrEqual(204);
          for (const [index, point] of points.entries()) {
            if (index > 0) expect(point.threshold).toBeGreaterThan(points[index - 1].threshold);
          }
          if (positives > 0) {
            const reached = (2 * points[best].tp) / (points[best].tp + points[best].fp + positives);
            expect(reached).toBeGreaterThanOrEqual(Number.isNaN(f1) ? 0 : f1);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
