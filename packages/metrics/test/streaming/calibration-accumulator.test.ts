import { CalibrationAccumulator, OptionValueError, ScoreValueError } from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniformBin } from '../../src/probabilities/bin-edges';

describe('CalibrationAccumulator', () => {
  test('gives the bins of each class, and exact fractions for the errors', () => {
    const [first, second] = new CalibrationAccumulator({ bins: 2 })
      .update(
        [
          [0, 1],
          [1, 1],
          [1, 0],
        ],
        [
          [0, 0.75],
          [0.5, 0.75],
          [1, 1],
        ],
      )
      .result();
    expect(first).toEqual({
      bins: [
        { lower: 0, upper: 0.5, count: 2, meanScore: 0.25, positiveShare: 0.5 },
        { lower: 0.5, upper: 1, count: 1, meanScore: 1, positiveShare: 1 },
      ],
      expectedCalibrationError: (2 / 3) * 0.25,
      maximumCalibrationError: 0.25,
    });
    expect(second.bins[0]).toEqual({
      lower: 0,
      upper: 0.5,
      count: 0,
      meanScore: Number.NaN,
      positiveShare: Number.NaN,
    });
    expect(second.bins[1]).toMatchObject({ count: 3, meanScore: 2.5 / 3, positiveShare: 2 / 3 });
  });

  test('every score of [0, 1] falls into the bin whose edges hold it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.1, 0.2, 0.3, 0.6, 0.7)),
        fc.integer({ min: 1, max: 100 }),
        (score, bins) => {
          const bin = uniformBin(score, bins);
          expect(score).toBeLessThanOrEqual((bin + 1) / bins);
          if (bin > 0) expect(score).toBeGreaterThan(bin / bins);
        },
      ),
    );
  });

  test('refuses scores that are no probabilities, and a number of bins that is none', () => {
    const one = new CalibrationAccumulator({ labels: ['a', 'Bald'] });
    expect(() => one.update([[0, 1]], [[0.5, 1.5]])).toThrow(ScoreValueError);
    expect(() => one.update([[0, 1]], [[0.5, 1.5]])).toThrow(
      'received 1.5 at row 0, column 1 (Bald). Are these logits?',
    );
    expect(() => new CalibrationAccumulator({ bins: 0 })).toThrow(OptionValueError);
  });
});
