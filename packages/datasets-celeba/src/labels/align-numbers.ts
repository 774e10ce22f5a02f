import { LabelFileError } from '../errors';

/**
 * The numbers in the order of `ids`, as many per row as the table has.
 *
 * @throws {LabelFileError} an id has no number
 */
export function alignNumbers<Numbers extends Int32Array | Float32Array>(
  ids: readonly string[],
  table: { readonly ids: readonly string[]; readonly numbers: Numbers },
  file: string,
): Numbers {
  // The official files have one order, and no index is needed.
  if (ids.length === table.ids.length && ids.every((id, row) => id === table.ids[row])) return table.numbers;
  const width = table.ids.length === 0 ? 0 : table.numbers.length / table.ids.length;
  const rowOf = new Map(table.ids.map((id, row) => [id, row]));
  const aligned = new (table.numbers.constructor as new (length: number) => Numbers)(ids.length * width);
  ids.forEach((id, i) => {
    const row = rowOf.get(id);
    if (row === undefined) {
      throw new LabelFileError(
        `CelebA.open: ${file} has no line for "${id}", which the attributes have. Download it again, or move it away to do without it.`,
      );
    }
    aligned.set(table.numbers.subarray(row * width, (row + 1) * width), i * width);
  });
  return aligned;
}
