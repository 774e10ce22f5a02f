import { readCsvRows } from '@thawjs/datasets';
import { LabelFileError } from '../errors';
import type { LabelTable } from './label-table';

/**
 * Reads Kaggle's `list_attr_celeba.csv`: a header of `image_id` and the label names, then a line an image with its
 * id and −1, 0 or 1 a label.
 *
 * @throws {LabelFileError} a line has too few or too many cells, or another value
 */
export async function parseAttributesCsv(text: string, file: string): Promise<LabelTable> {
  let labels: string[] | undefined;
  const ids: string[] = [];
  const values: number[] = [];
  await readCsvRows(text, (cells, line) => {
    const fail = (problem: string): never => {
      throw new LabelFileError(`CelebA.open: ${file}, line ${line}: ${problem}. Download the file again.`);
    };
    if (!labels) {
      if (cells.length < 2) fail(`expected a header of image_id and label names; received "${cells[0]}"`);
      labels = cells.slice(1).map((name) => name.trim());
      return;
    }
    if (cells.length !== labels.length + 1) {
      fail(`expected ${labels.length + 1} cells, as in the header; received ${cells.length}`);
    }
    ids.push(cells[0]!.trim());
    for (let column = 1; column < cells.length; column++) {
      let value = cells[column]!;
      if (value !== '-1' && value !== '0' && value !== '1') value = value.trim();
      if (value === '1') values.push(1);
      else if (value === '-1' || value === '0') values.push(0);
      else fail(`expected -1, 0 or 1 for "${labels[column - 1]}" of "${cells[0]}"; received "${value}"`);
    }
  });
  if (!labels) throw new LabelFileError(`CelebA.open: ${file} has no line. Download the file again.`);
  return { ids, labels, y: Uint8Array.from(values) };
}
