import type { SplitName } from '../records/dataset-records';
import { shown } from './shown';

/** A column of official parts, with the cells that mean each. */
export interface SplitColumn {
  readonly column: string;
  readonly train?: readonly (string | number | boolean)[];
  readonly validation?: readonly (string | number | boolean)[];
  readonly test?: readonly (string | number | boolean)[];
}

const WORDS: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  trn: 'train',
  val: 'validation',
  valid: 'validation',
  validate: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  tst: 'test',
};
const NUMBERED: readonly SplitName[] = ['train', 'validation', 'test'];
const TRUE = ['1', 'true', 'yes'];
const FALSE = ['0', 'false', 'no'];

const NAMES_SPLIT = [
  /^(?:(?:data|official|eval|train[ _-]?test)?[ _-]?(?:split|partition|subset|fold|part|set|phase|usage))(?:[ _-]?(?:id|name|number))?$/i,
  /^dataset(?:[ _-]?(?:split|part))?$/i,
  /^(?:is|in)[ _-]?(?:train|val|valid|validation|test)(?:ing)?$/i,
  /^train[ _-]?(?:val(?:id)?[ _-]?)?test$/i,
  /^evaluation[ _-]?status$/i,
];

/** The part that a word means, in any letter case; undefined if it means none. */
export function partOfWord(word: string): SplitName | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
}

/** The part that the folders of a path name, the nearest first. */
export function splitOfPath(path: string): SplitName | undefined {
  return path.split('/').slice(0, -1).reverse().map(partOfWord).find(Boolean);
}

/** Whether a column's name is that of an official split, so that it is no label by itself. */
export function namesSplit(name: string): boolean {
  return NAMES_SPLIT.some((names) => names.test(name));
}

/** A cell of a split column as it was read: a part, or a number that all cells together decide on. */
export type SplitCell = SplitName | 0 | 1 | 2;

/** Reads the cells of one split column. */
export interface SplitReader {
  /** Reads a cell. `fail` is called for a cell that isn't a part. */
  read(cell: unknown, fail: (problem: string) => never): SplitCell;
  /** The parts. If there are numbers, but not all of 0, 1 and 2, `fail` is called with the first row that has one. */
  finish(cells: readonly SplitCell[], fail: (row: number, problem: string) => never): SplitName[];
}

/**
 * Reads parts as words, or as the cells that are listed; or as `is_valid`-like flags, by the column's name; or as 0, 1 and 2 for
 * train, validation and test, if all three numbers are there.
 */
export function splitReader({ column, ...lists }: SplitColumn): SplitReader {
  const listed = new Map(
    NUMBERED.flatMap((part) => (lists[part] ?? []).map((cell) => [normal(cell), part] as const)),
  );
  const flag = /^is[ _-]?(train|val|test)/i.exec(column)?.[1]?.toLowerCase();
  const problem = (cell: unknown) =>
    `expected train, validation or test in "${column}"; received ${shown(cell ?? '')}. Say which cells mean which part: split: { column: ${shown(column)}, train: [...], validation: [...], test: [...] }`;
  return {
    read(cell, fail) {
      const text = normal(cell);
      if (listed.size > 0) return listed.get(text) ?? fail(problem(cell));
      if (flag) return ofFlag(flag, text) ?? fail(problem(cell));
      if (/^[012]$/.test(text)) return Number(text) as SplitCell;
      return partOfWord(text) ?? fail(problem(cell));
    },
    finish(cells, fail) {
      const areNumbers = [0, 1, 2].every((number) => cells.includes(number as SplitCell));
      return cells.map((cell, row) =>
        typeof cell === 'string' ? cell : areNumbers ? NUMBERED[cell] : fail(row, problem(String(cell))),
      );
    },
  };
}

function normal(cell: unknown): string {
  const text = String(cell ?? '')
    .trim()
    .toLowerCase();
  return text.replace(/^(\d)[.,]0$/, '$1');
}

/** `is_valid`: true is validation and false train; `is_test` and `is_train` likewise. */
function ofFlag(flag: string, text: string): SplitName | undefined {
  const isTrue = TRUE.includes(text);
  if (!isTrue && !FALSE.includes(text)) return undefined;
  if (flag === 'train') return isTrue ? 'train' : 'test';
  if (!isTrue) return 'train';
  return flag === 'val' ? 'validation' : 'test';
}
