import type { LabelColumns, TableColumns } from './table-options';

/**
 * The columns that a table needs. If the labels aren't named, or a function reads whole rows, these are all columns.
 * Otherwise they are the columns that the options name, so that other columns may hold anything. If a named column is
 * missing, these are all columns again: the table then refuses it, and names the nearest.
 */
export function usedColumns(
  present: readonly string[],
  { image, labels, id, group, split }: TableColumns,
): string[] {
  if (!labels || typeof group === 'function') return [...present];
  const named = [
    ...('column' in labels ? [labels.column, labels.confidence] : labels),
    id,
    group,
    typeof split === 'object' ? split.column : split,
  ].filter((name) => name !== undefined);
  if (named.some((name) => !present.includes(name))) return [...present];
  const wanted = new Set([...named, image ?? present[0], answerColumn(labels)]);
  return present.filter((name) => wanted.has(name));
}

/**
 * The column that tells whether an annotator stands by the labels of a row. Prodigy's column `accept` has the labels that
 * were chosen, also if the annotator then refused the whole answer.
 */
export function answerColumn(labels: LabelColumns | undefined): string | undefined {
  return labels && 'column' in labels && labels.column === 'accept' ? 'answer' : undefined;
}
