import { type LabelInId, splitAfter } from './label-in-id';
import { shown } from './shown';
import type { NamedLabels } from './table-options';

/** Reads what rows say in a column of names, and in the columns that belong to it. */
export interface NamedCells {
  /** The number of the column. */
  readonly at: number;
  /** The image's name, if the column has it before the label. */
  image(cells: ArrayLike<unknown>, fail: (problem: string) => never): string | undefined;
  /** The names, as a cell of labels. */
  names(cells: ArrayLike<unknown>): unknown;
  /** Whether the names are there (1) or not, by the column of confidences. */
  verdict(cells: ArrayLike<unknown>, fail: (problem: string) => never): 0 | 1;
}

/**
 * Resolves the options of a column of names against the header.
 *
 * @param refuse called for options that don't fit the header
 */
export function namedCells(
  { column, after, toEnd, confidence, atLeast = 0.5 }: NamedLabels,
  header: readonly string[],
  columnOf: (name: string) => number,
  refuse: (where: string, problem: string) => never,
): NamedCells {
  const at = columnOf(column);
  if (toEnd && at !== header.length - 1) {
    refuse(
      'header',
      `expected "${column}" as the last column, which labels: { toEnd: true } needs; the last is "${header.at(-1)}"`,
    );
  }
  const confidenceColumn = confidence === undefined ? -1 : columnOf(confidence);
  const unsaid = confidence === undefined ? header.findIndex((name) => /^confidence$/i.test(name)) : -1;
  const parts = (cells: ArrayLike<unknown>): LabelInId | undefined =>
    after === undefined ? undefined : splitAfter(text(cells[at]), after);
  return {
    at,
    image(cells, fail) {
      if (after === undefined) return undefined;
      return (
        parts(cells)?.image ??
        fail(`expected an image, "${after}" and a label in "${column}"; received ${shown(cells[at])}`)
      );
    },
    names: (cells) => parts(cells)?.label ?? cells[at],
    verdict(cells, fail) {
      const cell = text(cells[confidenceColumn === -1 ? unsaid : confidenceColumn]);
      const sure = Number(cell.replace(',', '.'));
      if (confidenceColumn === -1) {
        if (cell !== '' && sure === 0) {
          fail(
            `received a label with a "${header[unsaid]}" of 0, which mostly means that the label is not there. Say so: labels: { confidence: '${header[unsaid]}' }, with atLeast: 0 if all labels are there`,
          );
        }
        return 1;
      }
      if (cell === '' || !(sure >= 0 && sure <= 1))
        fail(`expected a confidence from 0 to 1 in "${confidence}"; received "${cell}"`);
      return sure >= atLeast ? 1 : 0;
    },
  };
}

/** The options of a column of names, with the delimiter of columns that are known to have another one: Danbooru's have spaces. */
export function withDelimiter(named: NamedLabels): NamedLabels {
  const isSpaced = named.delimiter === undefined && /^tag_string(?:_\w+)?$/.test(named.column);
  return isSpaced ? { ...named, delimiter: ' ' } : named;
}

function text(cell: unknown): string {
  return cell === undefined || cell === null ? '' : String(cell).trim();
}
