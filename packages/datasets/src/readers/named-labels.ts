import { labelColumns } from '../labels/label-columns';

/**
 * The matrix of the labels that each row names.
 *
 * @param given all labels, in order; default the named labels, sorted
 * @throws {UnknownLabelError} a row names another; the nearest are named
 */
export function namedLabels(
  given: readonly string[] | undefined,
  rowNames: readonly (readonly string[])[],
  place: string,
): { labels: readonly string[]; y: Uint8Array } {
  const labels = given ?? [...new Set(rowNames.flat())].sort();
  const columnOf = new Map(labels.map((name, column) => [name, column]));
  const y = new Uint8Array(rowNames.length * labels.length);
  rowNames.forEach((names, row) => {
    for (const name of names) {
      const column = columnOf.get(name) ?? labelColumns(place, [name], labels)[0];
      y[row * labels.length + column] = 1;
    }
  });
  return { labels, y };
}
