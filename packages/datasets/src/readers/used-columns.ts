import type { TableColumns } from './table-options';

/**
 * The columns that a table needs: all where the labels aren't named or a function reads whole rows, else those that the options name and that are there, so
 * that other columns may hold anything. An option's column that is missing is left to the table to refuse.
 */
export function usedColumns(
  present: readonly string[],
  { image, labels, id, group, split }: TableColumns,
): string[] {
  if (!labels || typeof group === 'function') return [...present];
  const wanted = new Set([
    ...('column' in labels ? [labels.column, labels.confidence] : labels),
    image ?? present[0],
    id,
    typeof group === 'string' ? group : undefined,
    typeof split === 'object' ? split.column : split,
  ]);
  return present.filter((name) => wanted.has(name));
}
