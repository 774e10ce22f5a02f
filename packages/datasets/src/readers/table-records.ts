import { DatasetFileError } from '../errors';
import { labelColumns } from '../labels/label-columns';
import type { DatasetRecords, SplitName } from '../records/dataset-records';
import { labelMatrixBuilder } from './label-matrix-builder';
import { labelValue } from './label-value';
import { namesInCell } from './names-in-cell';
import type { TableColumns } from './table-options';

const SPLITS: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The records of a table in the making, and the images that its rows name. */
export interface TableRecords {
  /** Adds a row; `where` says where it is, for messages. */
  add(cells: ArrayLike<unknown>, where: string): void;
  finish(): { readonly records: DatasetRecords; readonly imageNames: readonly string[] };
}

/**
 * Turns rows of cells into records, column by column.
 *
 * @throws {UnknownLabelError} an option names a column that is not in the header; the nearest are named
 */
export function tableRecords(
  caller: string,
  file: string,
  header: readonly string[],
  { image = header.find((name) => name !== '') ?? '', labels, id, group, split }: TableColumns,
): TableRecords {
  const fail = (where: string, problem: string): never => {
    throw new DatasetFileError(`${caller}: ${file}, ${where}: ${problem}. Correct the file.`);
  };
  const twice = header.find((name, column) => name !== '' && header.indexOf(name) !== column);
  if (twice !== undefined) fail('header', `expected columns of different names; received "${twice}" twice`);
  const columnOf = (name: string) => labelColumns(`${caller}: ${file}`, [name], header, 'column')[0]!;
  const imageColumn = columnOf(image);
  const [idColumn, groupColumn, splitColumn] = [id, group, split].map((name) =>
    name === undefined ? undefined : columnOf(name),
  );
  const others = [imageColumn, idColumn, groupColumn, splitColumn];
  const inOne = labels && 'column' in labels ? { ...labels, at: columnOf(labels.column) } : undefined;
  const names = inOne
    ? []
    : ((labels as readonly string[] | undefined) ??
      header.filter((name, column) => name !== '' && !others.includes(column)));
  const columns = names.map(columnOf);
  if (!inOne && columns.length === 0) fail('header', 'expected columns of labels; found none');

  const ids: string[] = [];
  const seen = new Set<string>();
  const imageNames: string[] = [];
  const groups: string[] = [];
  const splits: SplitName[] = [];
  const matrix = labelMatrixBuilder();
  const rowNames: (readonly string[])[] = [];

  return {
    add(cells, where) {
      if (cells.length !== header.length) {
        fail(where, `expected ${header.length} cells, as in the header; received ${cells.length}`);
      }
      const imageName = text(cells[imageColumn]);
      const rowId = idColumn === undefined ? imageName : text(cells[idColumn]);
      if (imageName === '' || rowId === '')
        fail(where, `expected an image and an id; received an empty cell`);
      if (seen.has(rowId)) fail(where, `expected ids that differ; received "${rowId}" a second time`);
      seen.add(rowId);
      ids.push(rowId);
      imageNames.push(imageName);
      if (groupColumn !== undefined) {
        const name = text(cells[groupColumn]);
        if (name === '') fail(where, `expected a group of "${rowId}" in "${group}"; received an empty cell`);
        groups.push(name);
      }
      if (splitColumn !== undefined) {
        const name = text(cells[splitColumn]).toLowerCase();
        if (!Object.hasOwn(SPLITS, name)) {
          fail(where, `expected train, validation or test of "${rowId}" in "${split}"; received "${name}"`);
        }
        splits.push(SPLITS[name]!);
      }
      if (inOne) {
        const found = namesInCell(cells[inOne.at], inOne);
        if (!found)
          fail(where, `expected names of labels in "${inOne.column}"; received ${shown(cells[inOne.at])}`);
        rowNames.push(found!);
      }
      for (let i = 0; i < columns.length; i++) {
        const value = labelValue(cells[columns[i]!]);
        if (value === undefined) {
          fail(
            where,
            `expected 0 or 1, or nothing, for "${names[i]}" of "${rowId}"; received ${shown(cells[columns[i]!])}`,
          );
        }
        matrix.push(value!);
      }
    },
    finish() {
      if (ids.length === 0) fail('end', 'expected rows after the header; found none');
      return {
        imageNames,
        records: {
          ids,
          ...(inOne
            ? namedLabels(inOne.names, rowNames, file, caller)
            : { labels: names, ...matrix.finish() }),
          ...(groupColumn !== undefined && { groups, groupName: group! }),
          ...(splitColumn !== undefined && { splits }),
        },
      };
    },
  };
}

/** Labels that each row names, as a matrix. */
export function namedLabels(
  given: readonly string[] | undefined,
  rowNames: readonly (readonly string[])[],
  file: string,
  caller: string,
): { labels: readonly string[]; y: Uint8Array } {
  const labels = given ?? [...new Set(rowNames.flat())].sort();
  const columnOf = new Map(labels.map((name, column) => [name, column]));
  const y = new Uint8Array(rowNames.length * labels.length);
  rowNames.forEach((names, row) => {
    for (const name of names) {
      const column = columnOf.get(name);
      if (column === undefined) labelColumns(`${caller}: ${file}`, [name], labels);
      y[row * labels.length + column!] = 1;
    }
  });
  return { labels, y };
}

function text(cell: unknown): string {
  return cell === undefined || cell === null ? '' : String(cell).trim();
}

function shown(cell: unknown): string {
  const plain = JSON.stringify(cell, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  return plain?.slice(0, 60) ?? 'nothing';
}
