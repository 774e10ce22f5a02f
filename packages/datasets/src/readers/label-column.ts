import { labelColumns } from '../labels/label-columns';
import { type Limits, limitExceeded } from '../limits/limits';
import { doubtfulName } from './doubtful-name';
import { isMissingWord, type LabelCell, type LabelCells, labelCell, namesOfText } from './label-cell';
import { entryReader, type LabelEntry } from './label-forms';
import { sameLookingLabels } from './same-looking-labels';
import { shown } from './shown';
import { unsplitName } from './unsplit-name';

/** Commas and semicolons, also those of Chinese and Japanese. */
const COMMA = /[,;\uff0c\uff1b\u3001]/;

/** The labels of a row, ready to be stored. */
type ReadLabels = (row: number, verdict?: 0 | 1) => void;

/** A column of labels that is being read. */
export interface LabelColumn {
  /** Reads a cell, and returns a function that stores its labels in a row. `where` and `fail` are for error messages. */
  read(cell: unknown, where: string, fail: (problem: string) => never): ReadLabels;
  /** Removes all labels that a row has so far. */
  clear(row: number): void;
  /** The labels and their matrix. */
  finish(rows: number, fail: (where: string, problem: string) => never): LabelMatrix;
}

/** Labels with their matrix, rows × labels. */
export interface LabelMatrix {
  readonly labels: readonly string[];
  readonly y: Uint8Array;
  readonly known?: Uint8Array;
}

/**
 * Collects a column of labels. At the end, all cells together decide what numbers in it mean.
 *
 * @param unmentioned the value of labels that no cell of a row names
 * @throws {UnknownLabelError} a name is not among `names`; the nearest are named
 */
export function labelColumn(
  place: string,
  options: LabelCells,
  limits: Required<Limits>,
  unmentioned: 'zero' | 'unknown' = 'zero',
): LabelColumn {
  const { delimiter, names, form, missing } = options;
  const entries: LabelEntry[] = [];
  /** For each row that was cleared, the number of entries that don't count. */
  const cleared = new Map<number, number>();
  let isDelimited = delimiter !== undefined;
  let undelimited: { name: string; where: string } | undefined;
  const spaced = new Map<string, string>();

  const settled = (cell: LabelCell, text: unknown, fail: (problem: string) => never): LabelCell => {
    if (cell.kind === 'strange') {
      return fail(
        `expected names of labels; received ${shown(text)}, ${cell.why}. If this is the name of a label, say labels: { form: 'names' }`,
      );
    }
    if (cell.kind !== 'missing') return cell;
    const known = missing ?? (names?.includes(cell.word) ? 'label' : undefined);
    if (known === 'unknown') return cell;
    if (known === 'label') return { kind: 'names', names: cell.names };
    if (known === 'none') return { kind: 'names', names: cell.names.filter((name) => !isMissingWord(name)) };
    return fail(
      `expected names of labels; received "${cell.word}", which mostly stands for a missing value. Say which it is: labels: { missing: 'none' }, 'unknown', or 'label' for a label of that name`,
    );
  };
  return {
    read(cell, where, fail) {
      const isText = typeof cell === 'string';
      const read: LabelCell =
        isText && form === 'names'
          ? { kind: 'names', names: namesOfText(cell, delimiter ?? '|') }
          : settled(labelCell(cell, delimiter ?? '|', limits.depth), cell, fail);
      const wrong = read.kind === 'names' ? read.names.find(isDamaged) : undefined;
      if (wrong !== undefined) {
        fail(
          `expected names of labels; received ${shown(wrong)}, with a line break, a control character or U+FFFD in it. Was a quote not closed, or the file saved in another encoding?`,
        );
      }
      const doubtful = read.kind === 'names' && form !== 'names' && !names && doubtfulName(read.names);
      if (doubtful) {
        fail(
          `expected names of labels; received ${shown(doubtful.name)}, which looks like ${doubtful.like}. Give the names alone: openRows(rows), or say labels: { form: 'names' } if this is a name`,
        );
      }
      if (isText && read.kind === 'names') {
        isDelimited ||= cell.includes('|');
        const name = read.names.find((part) => COMMA.test(part) && !names?.includes(part));
        if (name !== undefined && !cell.trim().startsWith('[')) undelimited ??= { name, where };
        if (!names && read.names.length === 1 && !spaced.has(read.names[0])) spaced.set(read.names[0], where);
      }
      return (row, verdict = 1) => {
        entries.push({ row, cell: read, where, verdict });
      };
    },
    clear: (row) => {
      cleared.set(row, entries.length);
    },
    finish(rows, fail) {
      if (!isDelimited && undelimited) {
        const { name, where } = undelimited;
        fail(
          where,
          `expected names of labels with "|" between them; received "${name}". Say what stands between them: labels: { delimiter: '${COMMA.exec(name)![0]}' }, or '|' if this is one name`,
        );
      }
      const unsplit = isDelimited ? undefined : unsplitName(spaced.keys());
      if (unsplit) {
        fail(
          spaced.get(unsplit.name)!,
          `received "${unsplit.name}", ${unsplit.because}. Say what stands between names: labels: { delimiter: '${unsplit.delimiter}' }, or '|' if this is one name`,
        );
      }
      const valid =
        cleared.size === 0 ? entries : entries.filter(({ row }, i) => i >= (cleared.get(row) ?? 0));
      const namesOf = entryReader(valid, options, fail);
      const read = valid.map(namesOf);
      const labels = names ?? [...new Set(read.flatMap((found) => found ?? []))].sort();
      const alike = names ? undefined : sameLookingLabels(labels);
      if (alike) {
        fail(
          'labels',
          `expected names that look different; received ${alike.map((name) => `"${name}" (${name.length} characters)`).join(' and ')}. Write them alike, or give all names if they are two: labels: { names: [...] }`,
        );
      }
      if (rows * labels.length > limits.cells)
        throw limitExceeded(limits, 'cells', place, `${rows} × ${labels.length}`);
      const columnOf = new Map(labels.map((name, column) => [name, column]));
      const y = new Uint8Array(rows * labels.length);
      const known = new Uint8Array(y.length).fill(unmentioned === 'unknown' ? 0 : 1);
      valid.forEach(({ row, verdict }, i) => {
        const found = read[i];
        if (!found) known.fill(0, row * labels.length, (row + 1) * labels.length);
        for (const name of found ?? []) {
          const column = columnOf.get(name) ?? labelColumns(place, [name], labels)[0];
          const at = row * labels.length + column;
          known[at] = 1;
          if (verdict === 1) y[at] = 1;
        }
      });
      return { labels, y, ...(known.includes(0) && { known }) };
    },
  };
}

/** Whether a name has a character that doesn't occur in real labels. */
function isDamaged(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return /[\u0000-\u001f\u007f\ufffd]/.test(name);
}
