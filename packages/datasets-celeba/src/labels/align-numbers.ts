import { LabelFileError } from '../errors';

/**
 * The numbers in the order of `ids`.
 *
 * @throws {LabelFileError} an id has no number
 */
export function alignNumbers(
  ids: readonly string[],
  table: { readonly ids: readonly string[]; readonly numbers: Int32Array },
  file: string,
): Int32Array {
  // The official files have one order, and no index is needed.
  if (ids.length === table.ids.length && ids.every((id, row) => id === table.ids[row])) return table.numbers;
  const rowOf = new Map(table.ids.map((id, row) => [id, row]));
  return Int32Array.from(ids, (id) => {
    const row = rowOf.get(id);
    if (row === undefined) {
      throw new LabelFileError(
        `CelebA.open: ${file} has no line for "${id}", which the attributes have. Download it again, or move it away to do without it.`,
      );
    }
    return table.numbers[row]!;
  });
}
