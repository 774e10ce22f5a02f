import {
  clusterOrder,
  EmptyInputError,
  LabelShapeError,
  type LinkageMethod,
  labelCorrelation,
  leavesList,
  linkage,
  OptionValueError,
  UnknownOptionError,
} from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { readFixture } from '../conformance/read-cases';
import { readLabelCases } from './read-label-cases';

type DistanceCase = { name: string; distances: number[]; items: number } & Record<
  LinkageMethod,
  { linkage: number[]; leaves: number[] }
>;

const { distances } = readFixture<{ distances: DistanceCase[] }>('label-statistics.json');

describe('linkage and leavesList', () => {
  test.each(distances)("are SciPy's on $name", (one) => {
    const matrix = { data: one.distances, shape: [one.items, one.items] };
    for (const method of ['average', 'complete', 'single', 'weighted'] as const) {
      const hierarchy = linkage(matrix, { method });
      // Among ties SciPy's other algorithm for 'single' may take another of the nearest pairs; the distances are the same.
      if (method === 'single' && one.name === 'ties') {
        const heights = (rows: ArrayLike<number>) => Array.from(rows).filter((_, at) => at % 4 === 2);
        expect(heights(hierarchy.data)).toEqual(heights(one[method].linkage));
        continue;
      }
      expectClose(hierarchy.data, one[method].linkage, 1e-12, method);
      expect(Array.from(leavesList(hierarchy)), method).toEqual(one[method].leaves);
    }
  });

  test('one item is a hierarchy without merges', () => {
    expect(linkage([[0]])).toEqual({ data: new Float64Array(0), shape: [0, 4] });
    expect(leavesList(linkage([[0]]))).toEqual(Uint32Array.of(0));
  });

  test('the distances that came in are left as they were', () => {
    const data = Float64Array.of(0, 1, 4, 1, 0, 3, 4, 3, 0);
    linkage({ data, shape: [3, 3] });
    expect(data).toEqual(Float64Array.of(0, 1, 4, 1, 0, 3, 4, 3, 0));
  });

  test.each([
    ['no square', [[0, 1]], LabelShapeError, '1×2'],
    ['nothing', [], EmptyInputError, 'at least one item'],
    [
      'a lopsided matrix',
      [
        [0, 1],
        [2, 0],
      ],
      OptionValueError,
      'received 2 at row 1, column 0 and 1 at row 0, column 1',
    ],
    [
      'negative distances',
      [
        [0, -1],
        [-1, 0],
      ],
      OptionValueError,
      'received -1',
    ],
    [
      'similarities',
      [
        [1, 0.5],
        [0.5, 1],
      ],
      OptionValueError,
      'received 1 at row 0, column 0.',
    ],
    [
      'NaN',
      [
        [0, Number.NaN],
        [Number.NaN, 0],
      ],
      OptionValueError,
      'received NaN',
    ],
  ])('%s is refused', (_, matrix, kind, message) => {
    expect(() => linkage(matrix)).toThrow(kind);
    expect(() => linkage(matrix)).toThrow(message);
  });

  test('an unknown method is refused', () => {
    expect(() => linkage([[0]], { method: 'ward' as 'average' })).toThrow(UnknownOptionError);
  });
});

describe('clusterOrder', () => {
  test.each(readLabelCases().filter(({ order }) => order !== null))(
    'is that of 1 − |r| on $name',
    ({ yTrue, order }) => {
      expect(Array.from(clusterOrder(labelCorrelation(yTrue)))).toEqual(order);
    },
  );

  test('labels that exclude each other are as near as labels that go together', () => {
    const correlation = [
      [1, 0, -0.9],
      [0, 1, 0.1],
      [-0.9, 0.1, 1],
    ];
    const order = Array.from(clusterOrder(correlation));
    expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBe(1);
  });

  test('is not the order of distances of distances', () => {
    // Rows 0 and 1 of the matrix are nearly the same point, but the labels 0 and 2 are the correlated ones.
    const correlation = [
      [1, 0.5, 0.6, 0],
      [0.5, 1, 0.5, 0],
      [0.6, 0.5, 1, -0.6],
      [0, 0, -0.6, 1],
    ];
    const { data } = linkage(correlation.map((row) => row.map((r) => 1 - Math.abs(r))));
    expect([data[0], data[1]]).toEqual([0, 2]);
  });

  test.each([
    [
      'labels in place of correlations',
      [
        [1, 0],
        [1, 0],
        [1, 1],
      ],
      LabelShapeError,
      'labelCorrelation',
    ],
    [
      'more than 1',
      [
        [1, 2],
        [2, 1],
      ],
      OptionValueError,
      'received 2 at row 1',
    ],
    ['nothing', [], EmptyInputError, 'at least one label'],
  ])('%s is refused', (_, matrix, kind, message) => {
    expect(() => clusterOrder(matrix)).toThrow(kind);
    expect(() => clusterOrder(matrix)).toThrow(message);
  });
});
