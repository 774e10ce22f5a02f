import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SplitError } from '../../src/errors';
import { splitRows } from '../../src/splits/split-rows';
import { madeTable } from './made-table';

/** A thousand rows in groups of four, with a further label that few rows have, each in a group of its own. */
function withRare(count: number, seed: number) {
  const { y, ids } = madeTable(1000, 1, seed);
  const labels = ['a', 'b', 'c', 'rare'];
  const wide = Uint8Array.from({ length: 4000 }, (_, i) =>
    i % 4 === 3 ? 0 : y[Math.floor(i / 4) * 3 + (i % 4)],
  );
  for (let k = 0; k < count; k++) wide[4 * Math.floor(((k + 0.5) * 1000) / count) + 3] = 1;
  return { ids, labels, y: wide, groups: Int32Array.from({ length: 1000 }, (_, row) => row >> 2) };
}

const positivesOf = ({ y, labels }: ReturnType<typeof withRare>, rows: Int32Array, column: number) =>
  rows.reduce((sum, row) => sum + y[row * labels.length + column], 0);

describe('splitRows', () => {
  it('puts every row in exactly one part, by any way', () => {
    const ways = fc.constantFrom('group', 'identity', 'stratified', 'random');
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 300 }), ways, fc.integer(), (rows, by, seed) => {
        const { train, validation, test } = splitRows(madeTable(rows, 40, seed), { by, seed });
        const all = [...train, ...validation, ...test].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: rows }, (_, row) => row));
      }),
      { numRuns: 50 },
    );
  });

  it('puts no group in two parts, and says so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 80 }), fc.integer(), (groups, seed) => {
        const records = madeTable(400, groups, seed);
        const { train, validation, test, balance } = splitRows(records, { by: 'group', seed });
        const seen = [train, validation, test].map(
          (rows) => new Set(Array.from(rows, (row) => records.groups[row])),
        );
        const together = new Set(seen.flatMap((part) => [...part]));
        expect(seen.reduce((sum, part) => sum + part.size, 0)).toBe(together.size);
        expect(balance.crossingGroups).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['group', 'stratified'])(
    'gives each part its share of the rows and of every label, by %s',
    (by) => {
      const records = madeTable(6000, 1500);
      const { train, validation, test, balance } = splitRows(records, { by });
      for (const [rows, share] of [
        [train, 0.7],
        [validation, 0.15],
        [test, 0.15],
      ] as const) {
        expect(Math.abs(rows.length / 6000 / share - 1)).toBeLessThan(0.01);
        for (let label = 0; label < 3; label++) {
          const rate = (of: Iterable<number>, count: number) =>
            [...of].reduce((sum, row) => sum + records.y[row * 3 + label], 0) / count;
          const whole = rate(Array(6000).keys(), 6000);
          const deviation = Math.abs(rate(rows, rows.length) / whole - 1);
          expect(deviation).toBeLessThan(0.01);
          expect(deviation).toBeLessThanOrEqual(balance.largestDeviation.value + 1e-12);
        }
      }
      expect(balance.labelDistance).toBeLessThan(
        splitRows(records, { by: 'random' }).balance.labelDistance / 4,
      );
    },
  );

  it('goes by group where there are groups, and stratified where there are none', () => {
    const { groups, groupName, ...ungrouped } = madeTable(200, 40);
    const grouped = madeTable(200, 40);
    const rowsOf = ({ train, validation, test }: ReturnType<typeof splitRows>) => [train, validation, test];
    expect(rowsOf(splitRows(grouped, {}))).toEqual(rowsOf(splitRows(grouped, { by: 'identity' })));
    expect(rowsOf(splitRows(ungrouped, {}))).toEqual(rowsOf(splitRows(ungrouped, { by: 'stratified' })));
    expect(splitRows(ungrouped, {}).balance.by).toBe('stratified');
  });

  it('deals so that no wanted part is empty, as few as the rows are', () => {
    fc.assert(
      fc.property(fc.constantFrom('group', 'stratified'), fc.integer(), (by, seed) => {
        const records = { ...madeTable(3, 1, seed), groups: Int32Array.from([0, 1, 2]) };
        const { train, validation, test } = splitRows(records, { by, seed });
        expect([train.length, validation.length, test.length]).toEqual([1, 1, 1]);
      }),
    );
  });

  it('takes other fractions, 0 among them, and another seed', () => {
    const records = madeTable(200, 40);
    for (const by of ['random', 'stratified']) {
      const halves = splitRows(records, { by, fractions: { train: 0.5, validation: 0, test: 0.5 } });
      expect([halves.train.length, halves.validation.length, halves.test.length]).toEqual([100, 0, 100]);
    }
    expect(splitRows(records, { seed: 1 }).train).not.toEqual(splitRows(records, { seed: 2 }).train);
    expect(splitRows(records, { seed: 1 }).train).toEqual(splitRows(records, { seed: 1 }).train);
  });

  it.each([
    [1, [1, 0, 0]],
    [2, [1, 0, 1]],
    [3, [1, 1, 1]],
    [4, [2, 1, 1]],
    [9, [7, 1, 1]],
  ])('a label with %i positives of 1,000 rows has %j in train, validation and test', (count, expected) => {
    for (const by of ['stratified', 'group']) {
      for (let seed = 0; seed < 5; seed++) {
        const records = withRare(count, seed);
        const { train, validation, test, balance } = splitRows(records, { by, seed });
        expect([train, validation, test].map((rows) => positivesOf(records, rows, 3))).toEqual(expected);
        expect(balance.missing.map(({ label, part }) => [label, part])).toEqual(
          ['train', 'validation', 'test']
            .filter((_, part) => expected[part] === 0)
            .map((part) => ['rare', part]),
        );
      }
    }
  });

  it('gives each part as many positives of every label as are asked for', () => {
    for (const by of ['stratified', 'group']) {
      const records = withRare(9, 1);
      const { train, validation, test } = splitRows(records, { by, minPositivesPerPart: 3 });
      for (let label = 0; label < 4; label++) {
        for (const rows of [train, validation, test]) {
          expect(positivesOf(records, rows, label)).toBeGreaterThanOrEqual(3);
        }
      }
      expect(test.length).toBeGreaterThan(130);
      expect(test.length).toBeLessThan(170);
    }
  });

  it('refuses a least number of positives that labels don’t have, and names them', () => {
    expect(() => splitRows(withRare(5, 1), { minPositivesPerPart: 2 })).toThrow(SplitError);
    expect(() => splitRows(withRare(5, 1), { minPositivesPerPart: 2 })).toThrow(
      /at least 2 positives of every label in each part; rare has 1 in validation/,
    );
    const oneGroup = { ...withRare(4, 1), groups: new Int32Array(1000).fill(1).fill(2, 990).fill(3, 995) };
    expect(() => splitRows(oneGroup, { by: 'group', minPositivesPerPart: 1 })).toThrow(SplitError);
  });

  it('divides into two parts', () => {
    for (const by of ['stratified', 'group', 'random']) {
      const { train, validation, test } = splitRows(madeTable(200, 150), {
        by,
        fractions: { train: 0.8, test: 0.2 },
      });
      expect(validation.length).toBe(0);
      expect([train.length, test.length]).toEqual([160, 40]);
    }
    const { train, validation } = splitRows(madeTable(200, 40), {
      by: 'stratified',
      fractions: { train: 0.9, validation: 0.1 },
    });
    expect([train.length, validation.length]).toEqual([180, 20]);
    const { balance } = splitRows(withRare(2, 0), { fractions: { train: 0.8, test: 0.2 } });
    expect(balance.missing).toEqual([]);
  });

  it('takes the official split as it is', () => {
    const splits = ['test', 'train', 'validation', 'train'] as const;
    const records = { ids: ['a', 'b', 'c', 'd'], labels: ['x'], y: new Uint8Array(4), splits };
    const { train, validation, test } = splitRows(records, { by: 'official' });
    expect([train, validation, test].map((rows) => [...rows])).toEqual([[1, 3], [2], [0]]);
  });

  it.each([
    [
      'a part that there is not',
      { fractions: { train: 0.8, valid: 0.2 } as object },
      /fractions of train, validation, test; received one of "valid"/,
    ],
    ['two parts that don’t add up', { fractions: { train: 0.8, test: 0.1 } }, /received 0.8, 0, 0.1/],
    ['a fraction that is no number', { fractions: { train: Number.NaN } }, /received NaN, 0, 0/],
    ['a misspelt option', { fraction: {} } as object, /received "fraction". Did you mean "fractions"/],
    ['half a positive', { minPositivesPerPart: 0.5 }, /whole number from 0; received 0.5/],
    [
      'a least number of positives where labels are not looked at',
      { by: 'random', minPositivesPerPart: 1 },
      /with by "group" or "stratified", .* received it with "random"/,
    ],
    ['groups that are not there', { by: 'group' }, /needs groups, and these records have none/],
    ['an official split that is not there', { by: 'official' }, /needs the authors' split/],
    [
      'a way that is unknown',
      { by: 'person' },
      /by as one of group, stratified, official, random; received "person"/,
    ],
    [
      'fractions that don’t add up',
      { fractions: { train: 1, validation: 1, test: 0 } },
      /add up to 1; received 1, 1, 0/,
    ],
    [
      'a negative fraction',
      { fractions: { train: 1.2, validation: -0.2, test: 0 } },
      /received 1.2, -0.2, 0/,
    ],
  ])('refuses %s', (_, options, message) => {
    const { groups, groupName, ...records } = madeTable(50, 10);
    expect(() => splitRows(records, options)).toThrow(message);
  });

  it('refuses to leave a part empty without a word', () => {
    const records = { ids: ['a', 'b'], labels: ['x'], y: new Uint8Array(2), groups: Int32Array.from([1, 1]) };
    expect(() => splitRows(records, {})).toThrow(SplitError);
    const official = { ...records, splits: ['train', 'train'] as const };
    expect(() => splitRows(official, { by: 'official' })).toThrow(
      /none of these 2 rows is in the official validation part/,
    );
  });
});
