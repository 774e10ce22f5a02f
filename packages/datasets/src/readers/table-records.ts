import { DatasetFileError } from '../errors';
import { labelColumns } from '../labels/label-columns';
import { checkedLimits, type Limits } from '../limits/limits';
import type { DatasetRecords, RowProblem } from '../records/dataset-records';
import { isMissingWord } from './label-cell';
import { type LabelColumn, labelColumn } from './label-column';
import { labelsInIds } from './label-in-id';
import { namedCells, withDelimiter } from './named-cells';
import { rowProblems } from './row-problems';
import { shown } from './shown';
import { namesSplit, type SplitCell, splitReader } from './split-column';
import { checkTableColumns, type TableColumns, type TableRow } from './table-options';
import { answerColumn } from './used-columns';
import { valueColumns } from './value-columns';

/** The records of a table that is being read, and the image names of its rows. */
export interface TableRecords {
  /** Adds a row. `where` is its position, for messages. `row` has its cells by column; the header's row has none. */
  add(cells: ArrayLike<unknown>, where: string, row?: TableRow): void;
  finish(): FinishedTable;
}

/** The records of a table. */
export interface FinishedTable {
  readonly records: DatasetRecords;
  /** The contents of the image column: a name per row. */
  readonly imageNames: readonly string[];
  /** The position of each row, for messages. */
  readonly places: readonly string[];
  readonly problems: readonly RowProblem[];
}

/**
 * Turns rows of cells into records, column by column.
 *
 * @throws {UnknownLabelError} an option names a column that is not in the header; the nearest are named
 * @throws {DatasetOptionError} an option is misspelt
 */
export function tableRecords(
  caller: string,
  file: string,
  givenHeader: readonly string[],
  columns: TableColumns,
  givenLimits?: Limits,
): TableRecords {
  checkTableColumns(caller, columns);
  const limits = checkedLimits(caller, givenLimits);
  const header = withoutTrailing(givenHeader);
  const { labels, id, group, split } = columns;
  const named = labels && 'column' in labels ? labels : undefined;
  const firstColumn = named?.after === undefined ? header.find((name) => !isIndex(name)) : named.column;
  const { image = firstColumn ?? '' } = columns;
  const { repeated = 'error' } = columns;
  const refuse = (where: string, problem: string): never => {
    throw new DatasetFileError(`${caller}: ${file}, ${where}: ${problem}. Correct the file.`);
  };
  const twice = header.find((name, column) => name !== '' && header.indexOf(name) !== column);
  if (twice !== undefined) refuse('header', `expected columns of different names; received "${twice}" twice`);
  const columnOf = (name: string) => labelColumns(`${caller}: ${file}`, [name], header, 'column')[0];
  const optional = (name: string | undefined) => (name === undefined ? undefined : columnOf(name));
  const imageColumn = columnOf(image);
  const idColumn = optional(id);
  const groupColumn = optional(typeof group === 'string' ? group : undefined);
  const splitOptions = typeof split === 'string' ? { column: split } : split;
  const splitColumn = optional(splitOptions?.column);
  const parts = splitOptions && splitReader(splitOptions);
  const others = [imageColumn, idColumn, groupColumn, splitColumn];
  const reader = named && namedCells(named, header, columnOf, refuse);
  if (reader?.at === imageColumn && named?.after === undefined) {
    refuse(
      'header',
      `expected labels and images in two columns; "${image}" is both. Say which has the images: image: '…', or what stands between the two in a cell: labels: { column: '${image}', after: '_' }`,
    );
  }
  const answerName = answerColumn(labels);
  const answered = answerName === undefined ? -1 : header.indexOf(answerName);
  const joins = repeated === 'union' || named?.confidence !== undefined;
  const values = named
    ? undefined
    : valueColumns(
        caller,
        (labels as readonly string[] | undefined) ?? defaultLabels(header, others, refuse),
        columnOf,
        { meaning: columns.values, limits, place: `${caller}: ${file}` },
      );
  const names: LabelColumn | undefined =
    named &&
    labelColumn(`${caller}: ${file}`, withDelimiter(named), limits, named.confidence ? 'unknown' : 'zero');

  const rows = rowProblems(caller, file, columns.onProblem);
  const rowOf = new Map<string, number>();
  const repeats: { readonly id: string; readonly where: string }[] = [];
  const table = {
    ids: [] as string[],
    imageNames: [] as string[],
    places: [] as string[],
    groups: [] as string[],
    splits: [] as SplitCell[],
  };

  const readRow = (
    cells: ArrayLike<unknown>,
    where: string,
    row: TableRow | undefined,
    fail: (problem: string) => never,
  ): void => {
    checkLength(cells, header.length, fail);
    const beside = reader?.image(cells, fail);
    const imageName = (reader?.at === imageColumn ? beside : undefined) ?? text(cells[imageColumn]);
    if (typeof cells[imageColumn] === 'object' && cells[imageColumn] !== null)
      fail(`expected the name of an image in "${image}"; received ${shown(cells[imageColumn])}`);
    const rowId = idColumn === undefined ? imageName : text(cells[idColumn]);
    if (imageName === '' || rowId === '') fail('expected an image and an id; received an empty cell');
    const answer = answered === -1 ? '' : text(cells[answered]);
    if (answer === 'reject' || answer === 'ignore')
      fail(`expected labels that the annotator accepts; received those of an answer "${answer}"`);
    const known = rowOf.get(rowId);
    if (known !== undefined && !joins && repeated === 'error') {
      repeats.push({ id: rowId, where });
      if (columns.onProblem && columns.onProblem !== 'error')
        fail(`expected ids that differ; received "${rowId}" a second time`);
      return;
    }
    if (known !== undefined && !joins && repeated === 'first') return;
    const groupName = groupOf(cells, row, rowId, fail);
    const part = parts?.read(cells[splitColumn!], fail);
    const verdict = reader?.verdict(cells, fail) ?? 1;
    const read = names ? names.read(reader!.names(cells), where, fail) : values!.read(cells, rowId, fail);
    if (known !== undefined && joins) {
      const differs =
        (groupName ?? table.groups[known]) !== table.groups[known] ||
        (part ?? table.splits[known]) !== table.splits[known];
      if (differs)
        fail(`expected one group and one part of "${rowId}"; received others than in ${table.places[known]}`);
      read(known, verdict);
      return;
    }
    const at = known ?? table.ids.length;
    if (known === undefined) rowOf.set(rowId, at);
    else (names ?? values!).clear(at);
    table.ids[at] = rowId;
    table.imageNames[at] = imageName;
    table.places[at] = where;
    if (groupName !== undefined) table.groups[at] = groupName;
    if (part !== undefined) table.splits[at] = part;
    read(at, verdict);
  };

  const groupOf = (
    cells: ArrayLike<unknown>,
    row: TableRow | undefined,
    rowId: string,
    fail: (problem: string) => never,
  ): string | undefined => {
    if (group === undefined) return undefined;
    const name = text(typeof group === 'function' ? group(row ?? asRow(header, cells)) : cells[groupColumn!]);
    const source = typeof group === 'function' ? 'the group function' : `"${group}"`;
    return name === '' ? fail(`expected a group of "${rowId}" in ${source}; received an empty cell`) : name;
  };

  return {
    add(cells, where, row) {
      if (isBlank(cells)) return;
      const own = named?.toEnd ? joinedFrom(reader!.at, cells) : cells;
      rows.attempt(where, (fail) => readRow(own, where, row, fail));
    },
    finish() {
      const { ids, imageNames, places, groups, splits } = table;
      if (repeats.length > 0 && (columns.onProblem ?? 'error') === 'error') {
        const first = repeats.slice(0, 3).map((repeat) => `"${repeat.id}" (${repeat.where})`);
        refuse(
          repeats[0].where,
          `expected ids that differ; received ${repeats.length === 1 ? `"${repeats[0].id}" a second time` : `${repeats.length} a second time, the first ${first.join(', ')}`}. Say which rows count: repeated: 'first', 'last' or 'union' of their labels`,
        );
      }
      if (ids.length === 0) {
        const [first] = rows.skipped;
        refuse(
          'end',
          `expected rows after the header; found none${first ? ` without a problem, the first in ${first.where}: ${first.message}` : ''}`,
        );
      }
      const inIds = labels ? undefined : labelsInIds(ids, values!.labels);
      if (inIds) {
        refuse(
          places[0],
          `received ids such as "${ids[0]}", where each image's name comes with the same ${inIds.length} words, which are probably labels. Say so: labels: { column: '${image}', after: '_', confidence: '${values!.labels[0]}' }, or name the label: labels: ['${values!.labels[0]}']`,
        );
      }
      const matrix = names ? names.finish(ids.length, refuse) : values!.finish(ids.length, refuse);
      return {
        imageNames,
        places,
        problems: rows.skipped,
        records: {
          ids,
          ...matrix,
          ...(group !== undefined && { groups, groupName: typeof group === 'string' ? group : 'group' }),
          ...(parts && { splits: parts.finish(splits, (row, problem) => refuse(places[row], problem)) }),
        },
      };
    },
  };
}

/** The columns without another meaning. Refuses columns that are probably no labels. */
function defaultLabels(
  header: readonly string[],
  others: readonly (number | undefined)[],
  refuse: (where: string, problem: string) => never,
): string[] {
  const names = header.filter((name, column) => !isIndex(name) && !others.includes(column));
  if (names.length === 0) {
    refuse(
      'header',
      "expected columns of labels; found none. Say what stands between the cells if it is spaces: separator: ' ', and name the columns of a file without a header: header: ['image', …]",
    );
  }
  const split = names.find(namesSplit);
  if (split !== undefined) {
    refuse(
      'header',
      `expected columns of labels; "${split}" is named like the official split. Say what it is: split: '${split}', or name the labels: labels: [...]`,
    );
  }
  const missing = names.find(isMissingWord);
  if (missing !== undefined) {
    refuse(
      'header',
      `expected names of labels; received "${missing}", which mostly stands for a missing value. Name the labels if it is one: labels: [...]`,
    );
  }
  return names;
}

/** Extra cells must be blank, as spreadsheets write them. */
function checkLength(cells: ArrayLike<unknown>, width: number, fail: (problem: string) => never): void {
  if (cells.length === width) return;
  const extra = Array.from(cells).slice(width);
  if (cells.length < width || !extra.every((cell) => text(cell) === '')) {
    fail(`expected ${width} cells, as in the header; received ${cells.length}`);
  }
}

function withoutTrailing(header: readonly string[]): readonly string[] {
  let width = header.length;
  while (width > 1 && header[width - 1] === '') width--;
  return header.slice(0, width);
}

/** Whether a column is pandas' index: it has no name, or the one that pandas gives it when it reads it. */
function isIndex(name: string): boolean {
  return name === '' || /^Unnamed: \d+(?:_level_\d+)?$/.test(name);
}

/** The cells, with all from one on in a list. */
function joinedFrom(at: number, cells: ArrayLike<unknown>): unknown[] {
  const all = Array.from(cells);
  const rest = all
    .slice(at)
    .map(text)
    .filter((cell) => cell !== '');
  return [...all.slice(0, at), rest];
}

function isBlank(cells: ArrayLike<unknown>): boolean {
  for (let i = 0; i < cells.length; i++) if (text(cells[i]) !== '') return false;
  return true;
}

function asRow(header: readonly string[], cells: ArrayLike<unknown>): TableRow {
  return Object.fromEntries(header.map((name, column) => [name, cells[column]]));
}

function text(cell: unknown): string {
  return cell === undefined || cell === null ? '' : String(cell).trim();
}
