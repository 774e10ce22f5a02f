/** Reads −1, 0 and 1 of a file of attributes, and notices if both 0 and −1 occur. */
export interface AttributeValues {
  /** The value of a cell, with or without spaces around it; undefined if it is none of the values. */
  read(cell: string): 0 | 1 | undefined;
  /** Calls `fail` if the file has both −1 and 0, because the meaning of 0 is then unclear. */
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

/** The problem of a file that has both. */
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
