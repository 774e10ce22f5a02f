import { DatasetFileError, readCsvRows } from '@thawjs/datasets';
import { LabelFileError } from '../errors';
import { attributeValues } from './attribute-values';
import { imageId } from './image-id';
import type { LabelTable } from './parse-attributes-text';

/** Columns that are no labels, in copies where Kaggle's files were joined. */
const PARTITION = ['partition', 'split'];
const IDENTITY = ['identity', 'celeb_id'];

/** A csv of attributes, with the columns of other files if these were joined to it. */
export interface AttributesCsv extends LabelTable {
  readonly partition?: readonly number[];
  readonly identity?: readonly number[];
}

/**
 * Reads Kaggle's `list_attr_celeba.csv`: a header of `image_id` and the label names, then a line per image with its id
 * and a −1, 0 or 1 per label.
 *
 * Semicolons, the index of pandas before the ids, 1.0 and -1.0, True and False, and ids without `.jpg` are understood. A
 * column `partition` or `identity` is no label.
 *
 * @throws {LabelFileError} a line has too few or too many cells, or another value, or there are both −1 and 0
 */
export function parseAttributesCsv(text: string, file: string): AttributesCsv {
  const fail = (line: number, problem: string): never => {
    throw new LabelFileError(`CelebA.open: ${file}, line ${line}: ${problem}. Download the file again.`);
  };
  const values = attributeValues();
  const ids: string[] = [];
  const y: number[] = [];
  const others = { partition: [] as number[], identity: [] as number[] };
  let columns: Columns | undefined;
  const addRow = (cells: readonly string[], line: number): void => {
    if (!columns) {
      columns = headerColumns(cells, (problem) => fail(line, problem));
      return;
    }
    const { width, id, labels, partition, identity } = columns;
    if (cells.length !== width)
      fail(line, `expected ${width} cells, as in the header; received ${cells.length}`);
    ids.push(imageId(cells[id].trim()));
    for (const { name, column } of labels) {
      const value = values.read(cells[column]);
      if (value === undefined)
        fail(line, `expected -1, 0 or 1 for "${name}" of "${cells[id]}"; received "${cells[column].trim()}"`);
      y.push(value!);
    }
    for (const [key, column] of [
      ['partition', partition],
      ['identity', identity],
    ] as const) {
      if (column === undefined) continue;
      const number = Number(cells[column]);
      if (cells[column].trim() === '' || !Number.isInteger(number))
        fail(line, `expected a whole number in "${key}" of "${cells[id]}"; received "${cells[column]}"`);
      others[key].push(number);
    }
  };
  try {
    readCsvRows(text, addRow, /^[^\n,]*;/.test(text) ? ';' : ',');
  } catch (error) {
    if (!(error instanceof DatasetFileError)) throw error;
    throw new LabelFileError(`CelebA.open: ${file}, ${error.message}`, { cause: error });
  }
  if (!columns) throw new LabelFileError(`CelebA.open: ${file} has no line. Download the file again.`);
  values.check((problem) => {
    throw new LabelFileError(`CelebA.open: ${file}: ${problem}.`);
  });
  return {
    ids,
    labels: columns.labels.map(({ name }) => name),
    y: Uint8Array.from(y),
    ...(columns.partition !== undefined && { partition: others.partition }),
    ...(columns.identity !== undefined && { identity: others.identity }),
  };
}

/** The meaning of the columns of the csv. */
interface Columns {
  readonly width: number;
  readonly id: number;
  readonly labels: readonly { readonly name: string; readonly column: number }[];
  readonly partition: number | undefined;
  readonly identity: number | undefined;
}

function headerColumns(cells: readonly string[], fail: (problem: string) => never): Columns {
  const names = cells.map((name) => name.trim());
  if (names.length < 2) fail(`expected a header of image_id and label names; received "${names[0]}"`);
  // the index that pandas writes has no name
  const id = names[0] === '' || names[0] === 'Unnamed: 0' ? 1 : 0;
  const named = names.map((name, column) => ({ name, column })).slice(id + 1);
  const columnOf = (wanted: readonly string[]) =>
    named.find(({ name }) => wanted.includes(name.toLowerCase()))?.column;
  const partition = columnOf(PARTITION);
  const identity = columnOf(IDENTITY);
  const labels = named.filter(({ column }) => column !== partition && column !== identity);
  if (labels.length === 0) fail('expected names of labels in the header; found none');
  return { width: names.length, id, labels, partition, identity };
}
