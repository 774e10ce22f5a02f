/**
 * The names of labels in one cell: a list of names, a text with a delimiter, or numbers that count `names`.
 *
 * @returns undefined where the cell is none of these
 */
export function namesInCell(
  cell: unknown,
  { delimiter = '|', names }: { readonly delimiter?: string; readonly names?: readonly string[] },
): string[] | undefined {
  if (cell === undefined || cell === null) return [];
  const parts = Array.isArray(cell) ? cell : typeof cell === 'string' ? cell.split(delimiter) : [cell];
  const found: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      if (part.trim() !== '') found.push(part.trim());
    } else if (typeof part === 'number' || typeof part === 'bigint') {
      const name = names?.[Number(part)];
      if (name === undefined) return undefined;
      found.push(name);
    } else return undefined;
  }
  return found;
}
