import {
  type CurveOptions,
  detCurve,
  type MatrixInput,
  precisionRecallCurve,
  rocAucScore,
  rocCurve,
} from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { readCases, readFixture } from '../conformance/read-cases';

type Three = (number | null | 'Infinity')[][];
type ByKind = Record<string, Three | null>;

interface Curves {
  readonly none: ByKind[];
  readonly micro?: ByKind;
}

/** Each curve as scikit-learn's three arrays. */
const CURVES: Record<
  string,
  (yTrue: MatrixInput, yScore: MatrixInput, options: CurveOptions<'none' | 'micro'>) => Float64Array[][]
> = {
  roc: (yTrue, yScore, options) =>
    [rocCurve(yTrue, yScore, options)].flat().map(({ fpr, tpr, thresholds }) => [fpr, tpr, thresholds]),
  'precision recall': (yTrue, yScore, options) =>
    [precisionRecallCurve(yTrue, yScore, options)]
      .flat()
      .map(({ precision, recall, thresholds }) => [precision, recall, thresholds]),
  det: (yTrue, yScore, options) =>
    [detCurve(yTrue, yScore, options)].flat().map(({ fpr, fnr, thresholds }) => [fpr, fnr, thresholds]),
};

function expectCurve(actual: Float64Array[], expected: Three | null, what: string): void {
  if (expected === null) {
    expect(
      actual.map(({ length }) => length),
      what,
    ).toEqual([0, 0, 0]);
    return;
  }
  for (const [at, values] of expected.entries()) {
    // scikit-learn's recall of 1 where there is no positive is ours undefined.
    const isUndefined = what.startsWith('precision recall') && at === 1 && Number.isNaN(actual[1][0]);
    const wanted = values.map((value, point) => (isUndefined && point + 1 < values.length ? null : value));
    expect(actual[at].length, what).toBe(wanted.length);
    const finite = wanted.flatMap((value, point) => (value === 'Infinity' ? [] : [[value, point] as const]));
    for (const [point, value] of wanted.entries()) {
      if (value === 'Infinity') expect(actual[at][point], what).toBe(Number.POSITIVE_INFINITY);
    }
    expectClose(
      finite.map(([, point]) => actual[at][point]),
      finite.map(([value]) => value),
      1e-12,
      `${what} ${at}`,
    );
  }
}

describe('curves agree with scikit-learn to 1e-12', () => {
  const cases = readCases();
  const fixture = readFixture<{ cases: { name: string; plain: Curves; weighted?: Curves }[] }>('curves.json');
  for (const { name, plain, weighted } of fixture.cases) {
    test(name, () => {
      const { yTrue, yScore, sampleWeight } = cases.get(name)!;
      for (const [curves, weights] of [
        [plain, {}],
        [weighted, { sampleWeight }],
      ] as const) {
        for (const [kind, average] of [['none'], ['micro']].map(([one]) => [one, one] as const)) {
          const expected = [curves?.[kind as 'none']].flat();
          for (const [column, byKind] of expected.entries()) {
            for (const [key, values] of Object.entries(byKind ?? {})) {
              const drop = key.endsWith('True');
              const options = { ...weights, average: average as 'none', dropIntermediate: drop };
              const drawn = CURVES[key.replace(/ \w+$/, '')](yTrue, yScore, options);
              expectCurve(drawn[column], values, `${key} ${average} ${column}`);
            }
          }
        }
      }
    });
  }
});

describe('curves', () => {
  const bit = fc.integer({ min: 0, max: 1 });
  const rows = fc.array(fc.tuple(bit, fc.integer({ min: -8, max: 8 })), { minLength: 1, maxLength: 60 });

  test('have the area that rocAucScore gives under the ROC curve, points dropped or not', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (pairs, dropIntermediate) => {
        const [labels, scores] = [pairs.map(([label]) => label), pairs.map(([, score]) => score / 4)];
        const [curve] = rocCurve(labels, scores, { dropIntermediate });
        let area = 0;
        for (let at = 1; at < curve.fpr.length; at++) {
          area += ((curve.fpr[at] - curve.fpr[at - 1]) * (curve.tpr[at] + curve.tpr[at - 1])) / 2;
        }
        const auc = rocAucScore(labels, scores);
        if (Number.isNaN(auc)) expect(area).toBeNaN();
        else expect(area).toBeCloseTo(auc, 12);
      }),
    );
  });

  test('are lists with one curve a class, and one curve of all pairs', () => {
    const yTrue = [
      [1, 0],
      [0, 1],
    ];
    const yScore = [
      [0.9, 0.1],
      [0.2, 0.3],
    ];
    expect(rocCurve(yTrue, yScore)).toHaveLength(2);
    expect(rocCurve([1, 0], [0.2, 0.1])).toHaveLength(1);
    expect(Array.from(rocCurve(yTrue, yScore, { average: 'micro' }).tpr)).toEqual([0, 0.5, 1, 1]);
  });

  test('have thresholds that give the same decisions when they are applied', () => {
    const scores = Float32Array.of(0.1, 0.3, 0.3, 0.7);
    const [curve] = rocCurve([0, 1, 0, 1], scores, { dropIntermediate: false });
    expect(Array.from(curve.thresholds)).toEqual([
      Number.POSITIVE_INFINITY,
      ...[0.7, 0.3, 0.1].map(Math.fround),
    ]);
  });

  test('of a class without negatives have no false positive rate', () => {
    const [curve] = rocCurve([1, 1], [0.1, 0.2]);
    expect(Array.from(curve.fpr).every(Number.isNaN)).toBe(true);
    expect(detCurve([1, 1], [0.1, 0.2])[0].thresholds).toHaveLength(0);
  });
});
