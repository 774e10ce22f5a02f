/** What a cell says of a label. */
export type LabelValue = 0 | 1 | 'unknown';

const WORDS: Readonly<Record<string, LabelValue>> = {
  '1': 1,
  '1.0': 1,
  true: 1,
  yes: 1,
  '0': 0,
  '0.0': 0,
  '-1': 0,
  '-1.0': 0,
  false: 0,
  no: 0,
  '': 'unknown',
  '?': 'unknown',
  nan: 'unknown',
  na: 'unknown',
  'n/a': 'unknown',
  null: 'unknown',
  none: 'unknown',
};

/**
 * Reads a label's cell, whatever the letter case: 1, true, yes; 0, −1, false, no; and for unknown an empty cell, ?, NaN, NA,
 * null, none.
 *
 * @returns undefined for anything else
 */
export function labelValue(cell: unknown): LabelValue | undefined {
  if (cell === undefined || cell === null) return 'unknown';
  if (cell === '1' || cell === true || cell === 1) return 1;
  if (cell === '0' || cell === false || cell === 0) return 0;
  const word = String(cell).trim().toLowerCase();
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}
