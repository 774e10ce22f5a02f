import type { LabelCell, LabelCells } from './label-cell';

/** A cell that was read, and its row. */
export interface LabelEntry {
  readonly row: number;
  readonly cell: LabelCell;
  readonly where: string;
  readonly verdict: 0 | 1;
}

/** Gives the names in an entry; undefined if the labels of its row are unknown. */
export type EntryReader = (entry: LabelEntry) => readonly string[] | undefined;

type Numeric = Extract<LabelCell, { kind: 'numbers' | 'digits' | 'flags' }>;

/**
 * Decides by all cells of a column what numbers in it are, and returns the function that reads the names in an entry.
 *
 * Class numbers and multi-hot vectors need `names`. If every cell has a 0 or 1 for each name, they are multi-hot
 * vectors. If every cell could also be a list of different class numbers, `form` must be given.
 */
export function entryReader(
  entries: readonly LabelEntry[],
  { names, form, empty }: LabelCells,
  fail: (where: string, problem: string) => never,
): EntryReader {
  const numeric = entries.filter((entry): entry is LabelEntry & { cell: Numeric } => isNumeric(entry.cell));
  const boxes = entries.find(({ cell }) => cell.kind === 'boxes');
  if (!names) {
    if (boxes)
      return fail(
        boxes.where,
        'received boxes as YOLO writes them. Give the names of their class numbers: labels: { names: [...] }',
      );
    refuseVectors(numeric, form, fail);
  }
  const numbersForm = names && numeric.length > 0 ? decided(numeric, names, form, fail) : 'names';
  return ({ cell, where }) => {
    if (cell.kind === 'missing') return undefined;
    if (cell.kind === 'names') return cell.names;
    if (cell.kind === 'empty') {
      if (empty === undefined && numbersForm === 'multi-hot') {
        fail(
          where,
          "expected a multi-hot vector; received an empty cell. Say what it means: labels: { empty: 'none' } or 'unknown'",
        );
      }
      return empty === 'unknown' ? undefined : [];
    }
    if (cell.kind === 'strange') return [];
    if (cell.kind === 'boxes') return cell.numbers.map((number) => named(number, where));
    if (numbersForm === 'multi-hot') return names!.filter((_, i) => bits(cell)[i] === 1);
    if (numbersForm === 'names') return cell.kind === 'flags' ? [] : cell.asNames!;
    return numbersOf(cell).map((number) => named(number, where));
  };

  function named(number: number, where: string): string {
    return (
      names![number] ??
      fail(
        where,
        `expected class numbers from 0 to ${names!.length - 1}, as many as names; received ${number}`,
      )
    );
  }
}

/** Without names: numbers as text may be names themselves, if they are no multi-hot vectors and all different. */
function refuseVectors(
  numeric: readonly (LabelEntry & { readonly cell: Numeric })[],
  form: LabelCells['form'],
  fail: (where: string, problem: string) => never,
): void {
  const [first] = numeric;
  if (!first) return;
  const unnamed = numeric.find(({ cell }) => cell.kind === 'flags' || cell.asNames === undefined);
  const binary = numeric.every(({ cell }) => bits(cell).every((bit) => bit === 0 || bit === 1));
  const repeated = numeric.find(({ cell }) => repeats(cell));
  if (form === 'names' && !unnamed) return;
  if (unnamed || binary || repeated || form !== undefined) {
    fail(
      (unnamed ?? repeated ?? first).where,
      `expected names of labels; received numbers (${bits((unnamed ?? repeated ?? first).cell)
        .slice(0, 8)
        .join(' ')}). Give what they name, in order: labels: { names: [...] }`,
    );
  }
}

function decided(
  numeric: readonly (LabelEntry & { readonly cell: Numeric })[],
  names: readonly string[],
  form: LabelCells['form'],
  fail: (where: string, problem: string) => never,
): 'names' | 'numbers' | 'multi-hot' {
  const width = names.length;
  const areNames = numeric.every(
    ({ cell }) => cell.kind !== 'flags' && cell.asNames?.every((name) => names.includes(name)),
  );
  if (form === 'names' || (form === undefined && areNames)) return 'names';
  const isHot = ({ cell }: { cell: Numeric }) =>
    bits(cell, width).length === width && bits(cell, width).every((bit) => bit === 0 || bit === 1);
  const isNumbers = ({ cell }: { cell: Numeric }) =>
    cell.kind !== 'flags' && numbersOf(cell).every((number) => number < width);
  const notHot = numeric.find((entry) => !isHot(entry));
  const notNumbers = numeric.find((entry) => !isNumbers(entry));
  if (form === 'multi-hot' || (form === undefined && !notHot && notNumbers)) {
    if (notHot)
      fail(
        notHot.where,
        `expected a 0 or 1 for each of the ${width} names; received ${bits(notHot.cell).slice(0, 12).join(' ')}`,
      );
    return 'multi-hot';
  }
  if (form === 'numbers') return 'numbers';
  if (notHot && !notNumbers) {
    const vector = numeric.find(({ cell }) => bits(cell).every((bit) => bit <= 1) && repeats(cell));
    if (!vector) return 'numbers';
    fail(
      vector.where,
      `received ${bits(vector.cell).slice(0, 12).join(' ')}, which repeats class numbers and has no 0 or 1 for each of the ${width} names. Say which it is: labels: { form: 'numbers' } or 'multi-hot'`,
    );
  }
  if (notHot) {
    fail(
      notHot.where,
      `expected class numbers from 0 to ${width - 1}, or a 0 or 1 for each of the ${width} names; received ${bits(notHot.cell).slice(0, 12).join(' ')}`,
    );
  }
  const differ = !numeric.some(({ cell }) => repeats(cell));
  if (differ) {
    fail(
      numeric[0].where,
      `received ${bits(numeric[0].cell).join(' ')}, which can be class numbers or a 0 or 1 for each of the ${width} names, in all rows. Say which: labels: { form: 'numbers' } or 'multi-hot'`,
    );
  }
  return 'multi-hot';
}

function isNumeric(cell: LabelCell): cell is Numeric {
  return cell.kind === 'numbers' || cell.kind === 'digits' || cell.kind === 'flags';
}

/** The cell as a vector. Digits are a vector if there are `width` of them, otherwise one number. */
function bits(cell: Numeric, width?: number): readonly number[] {
  if (cell.kind === 'numbers') return cell.numbers;
  if (cell.kind === 'flags') return cell.flags.map(Number);
  return width === undefined || cell.digits.length === width
    ? Array.from(cell.digits, Number)
    : [Number(cell.digits)];
}

function numbersOf(cell: Numeric): readonly number[] {
  return cell.kind === 'digits' ? [Number(cell.digits)] : bits(cell);
}

function repeats(cell: Numeric): boolean {
  return new Set(numbersOf(cell)).size < numbersOf(cell).length;
}
