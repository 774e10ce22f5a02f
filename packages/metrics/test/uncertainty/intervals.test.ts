import { classificationReport, formatReport, OptionValueError } from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';
import { sortByLabel } from '../../src/ranking/sort-by-label';
import { aucVariance } from '../../src/uncertainty/auc-variance';
import { logitInterval } from '../../src/uncertainty/logit-interval';
import { normalQuantile } from '../../src/uncertainty/normal-quantile';
import { wilsonInterval } from '../../src/uncertainty/wilson-interval';
import { expectClose } from '../conformance/expect-close';
import { readFixture } from '../conformance/read-cases';

const fixture = readFixture<{
  quantiles: [probability: number, quantile: number][];
  wilson: [hits: number, trials: number, level: number, low: number, high: number][];
  delong: { yTrue: number[]; yScore: number[]; variance: number | null }[];
}>('intervals.json');

describe('normalQuantile', () => {
  test.each(fixture.quantiles)("of %d is SciPy's", (probability, quantile) => {
    expectClose(normalQuantile(probability), quantile, 1e-13 * Math.max(1, Math.abs(quantile)), 'quantile');
  });

  test('is infinite at both ends', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe('wilsonInterval', () => {
  test.each(fixture.wilson)("of %d in %d at level %d is SciPy's", (hits, trials, level, low, high) => {
    const interval = wilsonInterval(hits, trials, normalQuantile((1 + level) / 2));
    expectClose([interval.low, interval.high], [low, high], 1e-12, 'ends');
  });

  test('of nothing is undefined', () => {
    expect(wilsonInterval(0, 0, 1.96)).toEqual({ low: Number.NaN, high: Number.NaN });
  });
});

describe('aucVariance', () => {
  test.each(fixture.delong)('is that of all pairs compared, sample $#', ({ yTrue, yScore, variance }) => {
    for (const scores of [Float64Array.from(yScore)]) {
      sortByLabel({ rows: yTrue.length, columns: 1, truth: Uint8Array.from(yTrue), scores }, (sorted) => {
        expectClose(aucVariance(sorted), variance, 1e-12, 'variance');
      });
    }
  });
});

describe('logitInterval', () => {
  test('lies inside (0, 1), about the value, and shrinks with the positives', () => {
    const few = logitInterval(0.9, 10, 1.96);
    const many = logitInterval(0.9, 1000, 1.96);
    expect(few.low).toBeLessThan(many.low);
    expect(few.high).toBeGreaterThan(many.high);
    expect(few.high).toBeLessThan(1);
    // By hand: logit(1/2) = 0, spread = 2 / √(16 / 4) = 1.
    expectClose([logitInterval(0.5, 16, 2).high], [1 / (1 + Math.exp(-1))], 1e-15, 'high');
  });

  test('of 1 is 1, and of nothing undefined', () => {
    expect(logitInterval(1, 10, 1.96)).toEqual({ low: 1, high: 1 });
    expect(logitInterval(Number.NaN, 0, 1.96)).toEqual({ low: Number.NaN, high: Number.NaN });
  });
});

describe('a report with confidence', () => {
  const yTrue = [
    [1, 0],
    [0, 0],
    [1, 0],
    [0, 0],
    [1, 0],
    [1, 0],
  ];
  const yScore = [
    [0.9, 0.2],
    [0.6, 0.1],
    [0.7, 0.3],
    [0.2, 0.4],
    [0.4, 0.1],
    [0.8, 0.1],
  ];
  const report = classificationReport(yTrue, yScore, { labels: ['Smiling', 'Bald'], confidence: 0.95 });

  test('has an interval about every metric of every class, inside [0, 1]', () => {
    const [smiling] = report.perClass;
    for (const [name, { low, high }] of Object.entries(smiling.intervals!)) {
      const value = smiling[name as 'recall'];
      expect(low, name).toBeLessThan(value);
      expect(high, name).toBeGreaterThanOrEqual(value);
      expect(low, name).toBeGreaterThanOrEqual(0);
      expect(high, name).toBeLessThanOrEqual(1);
    }
  });

  test('has none where a metric is undefined, and none at all unless asked', () => {
    expect(report.perClass[1].intervals!.recall).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(report.perClass[1].intervals!.auc).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(classificationReport(yTrue, yScore).perClass[0]).not.toHaveProperty('intervals');
  });

  test('shows them in brackets, and in CSV as columns', () => {
    const columns = ['support', 'recall'] as const;
    expect(formatReport(report, { columns, averages: false, digits: 2 }).split('\n').slice(0, 3)).toEqual([
      '         support             recall',
      'Smiling        4  0.75 [0.30, 0.95]',
      'Bald           0     NaN [NaN, NaN]',
    ]);
    expect(formatReport(report, { columns, format: 'csv', digits: 2 }).split('\n').slice(0, 4)).toEqual([
      'class,support,recall,recall_low,recall_high',
      'Smiling,4,0.75,0.30,0.95',
      'Bald,0,NaN,NaN,NaN',
      'macro,4,NaN,,',
    ]);
  });

  test('is refused with sample weights, as its intervals count rows', () => {
    const options = { confidence: 0.95, sampleWeight: [1, 1, 1, 1, 1, 1] };
    expect(() => classificationReport(yTrue, yScore, options)).toThrow(OptionValueError);
  });

  test.each([0, 1, 95, Number.NaN])('refuses %d as a level', (confidence) => {
    expect(() => classificationReport(yTrue, yScore, { confidence })).toThrow(OptionValueError);
  });
});
