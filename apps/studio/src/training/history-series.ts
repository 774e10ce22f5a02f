import type { HistoryRow } from '@thawjs/core';

/** A line of a chart: one value per epoch, null if undefined. */
interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** A chart of a training. */
export interface HistoryPanel {
  readonly title: string;
  /** The largest possible value, if there is one. */
  readonly best?: number;
  readonly series: readonly Series[];
}

const PANELS: readonly { readonly title: string; readonly metric: string; readonly best?: number }[] = [
  { title: 'Loss (lower is better)', metric: 'loss' },
  { title: 'AUC (higher is better, 1 is perfect)', metric: 'auc', best: 1 },
];

/** The charts of a history so far: each metric on the training images and on the validation images. */
export function historyPanels(rows: readonly HistoryRow[]): HistoryPanel[] {
  return PANELS.map(({ metric, ...panel }) => ({
    ...panel,
    series: [
      { name: 'learned from', values: valuesOf(rows, metric) },
      { name: 'checked with', values: valuesOf(rows, `val_${metric}`) },
    ],
  }));
}

function valuesOf(rows: readonly HistoryRow[], metric: string): (number | null)[] {
  return rows.map((row) => {
    const value = row[metric];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  });
}
