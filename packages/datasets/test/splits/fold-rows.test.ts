import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SplitError } from '../../src/errors';
import { foldRows, joinedRows } from '../../src/splits/fold-rows';
import { madeTable } from './made-table';

describe('foldRows', () => {
  it('puts every row in one fold, of sizes as equal as the groups let them be', () => {
    const ways = fc.constantFrom('group', 'stratified', 'random');
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), ways, fc.integer(), (k, by, seed) => {
        const { folds, balance } = foldRows(madeTable(500, 120, seed), k, { by, seed });
        expect(folds.flatMap((rows) => [...rows]).sort((a, b) => a - b)).toEqual([...Array(500).keys()]);
        if (by === 'group') expect(balance.crossingGroups).toBe(0);
        else
          for (const { length } of folds)
            expect(Math.abs(length - 500 / k)).toBeLessThan(by === 'random' ? 1 : 3);
      }),
      { numRuns: 40 },
    );
  });

  it('gives every fold its share of every label', () => {
    for (const by of ['group', 'stratified']) {
      const { largestDeviation } = foldRows(madeTable(6000, 1500), 5, { by }).balance;
      // a row more or less is 1.7% of the rarest label's share of a fold
      expect(largestDeviation.value).toBeLessThan(0.0125);
    }
    expect(
      foldRows(madeTable(6000, 1500), 5, { by: 'random' }).balance.largestDeviation.value,
    ).toBeGreaterThan(0.02);
  });

  it('keeps the official test part out of all folds', () => {
    const records = {
      ...madeTable(300, 60),
      splits: Array.from({ length: 300 }, (_, row) =>
        row % 3 === 0 ? 'test' : row % 3 === 1 ? 'train' : 'validation',
      ),
    } as const;
    const { folds, test, balance } = foldRows(records, 4, { by: 'official' });
    expect([...test!]).toEqual(Array.from({ length: 100 }, (_, i) => 3 * i));
    const learned = folds.flatMap((rows) => [...rows]).sort((a, b) => a - b);
    expect(learned).toEqual([...Array(300).keys()].filter((row) => row % 3 !== 0));
    expect([balance.by, balance.crossingGroups]).toEqual(['group', 0]);
  });

  it('joins the other folds', () => {
    const folds = [
      [1, 4],
      [0, 5],
      [2, 3],
    ].map((rows) => Int32Array.from(rows));
    expect([...joinedRows(folds, 1)]).toEqual([1, 2, 3, 4]);
  });

  it.each([1, 2.5, 256, Number.NaN])('refuses %d folds', (k) => {
    expect(() => foldRows(madeTable(300, 60), k, {})).toThrow(
      /kFold: expected k as a whole number from 2 to 255/,
    );
  });

  it.each(['stratified', 'group', 'official'])(
    'gives each fold as many positives of every label as are asked for: %s',
    (by) => {
      const splits = Array.from({ length: 300 }, (_, row) =>
        row % 10 === 0 ? ('test' as const) : ('train' as const),
      );
      const { y, labels, ...records } = madeTable(300, 150);
      // a label that fifteen of the rows that are learned from have, in as many groups
      const rare = (row: number) => +(row % 10 === 1 && row < 150);
      const wider = Uint8Array.from({ length: 300 * 2 }, (_, i) =>
        i % 2 === 0 ? y[(i >> 1) * labels.length] : rare(i >> 1),
      );
      const table = { ...records, labels: [labels[0] as string, 'rare'], y: wider, splits };
      const { folds } = foldRows(table, 5, { by, minPositivesPerFold: 3 });
      expect(folds.map((rows) => rows.filter((row) => rare(row) === 1).length)).toEqual([3, 3, 3, 3, 3]);
      expect(() => foldRows(table, 5, { by, minPositivesPerFold: 4 })).toThrow(
        /kFold: expected at least 4 positives of every label in each fold; rare has 3 in fold 1, .*larger folds/,
      );
    },
  );

  it.each([
    [
      'half a positive',
      { minPositivesPerFold: 0.5 },
      /minPositivesPerFold as a whole number from 0; received 0\.5/,
    ],
    [
      'positives where labels are not looked at',
      { by: 'random', minPositivesPerFold: 1 },
      /received it with "random"/,
    ],
    ["split's name of it", { minPositivesPerPart: 1 } as object, /Did you mean "minPositivesPerFold"/],
  ])('refuses %s', (_, options, message) => {
    expect(() => foldRows(madeTable(50, 10), 5, options)).toThrow(message);
  });

  it('refuses a misspelt option', () => {
    expect(() => foldRows(madeTable(300, 60), 3, { sed: 1 } as object)).toThrow(/Did you mean "seed"/);
  });

  it('refuses more folds than there are groups or rows', () => {
    const few = { ...madeTable(6, 2), groups: Int32Array.from([0, 0, 0, 1, 1, 1]) };
    expect(() => foldRows(few, 3, {})).toThrow(SplitError);
    expect(() => foldRows(few, 3, {})).toThrow(/too few groups for 3 folds/);
    expect(() => foldRows(few, 7, { by: 'stratified' })).toThrow(/too few rows for 7 folds/);
  });
});
