/** Reads −1, 0 and 1 of a file of attributes, and sees to it that 0 and −1 don't both occur. */
export interface AttributeValues {
  /** What a cell says, with spaces around it or not; undefined where it is none of the values. */
  read(cell: string): 0 | 1 | undefined;
  /** Tells `fail` if the file has both −1 and 0: nothing says then what 0 is. */
  check(fail: (problem: string) => never): void;
}

const MEANING: Readonly<Record<string, -1 | 0 | 1>> = {
  '1': 1,
  '1.0': 1,
  '1,0': 1,
  true: 1,
  '0': 0,
  '0.0': 0,
  '0,0': 0,
  false: 0,
  '-1': -1,
  '-1.0': -1,
  '-1,0': -1,
};

/** What is wrong with a file that has both. */
export const BOTH =
  'expected -1 and 1, or 0 and 1; received -1, 0 and 1, of which 0 can be negative or unknown. Correct the file';

/** Reads the values of one file. */
export function attributeValues(): AttributeValues {
  const seen = { zero: false, minus: false };
  return {
    read(cell) {
      if (cell === '1') return 1;
      if (cell === '-1') {
        seen.minus = true;
        return 0;
      }
      const key = cell.trim().toLowerCase();
      const value = Object.hasOwn(MEANING, key) ? MEANING[key] : undefined;
      if (value === 0) seen.zero = true;
      if (value === -1) seen.minus = true;
      return value === -1 ? 0 : value;
    },
    check(fail) {
      if (seen.zero && seen.minus) fail(BOTH);
    },
  };
}
