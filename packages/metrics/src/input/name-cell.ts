/** A value and its position, for a message: `NaN at row 3, column 1 (Bald)`. */
export function nameCell(
  data: ArrayLike<unknown>,
  index: number,
  columns: number,
  labels: readonly string[] | undefined,
): string {
  const value = data[index];
  const column = index % columns;
  const name = labels === undefined ? '' : ` (${labels[column]})`;
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return `${shown} at row ${Math.floor(index / columns)}, column ${column}${name}`;
}
