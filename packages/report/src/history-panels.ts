import { ReportEmptyError } from './errors';
import type { HistoryRowInput } from './history-row-input';

/** One metric of a history, ready to be drawn. */
export interface HistoryPanel {
  readonly name: string;
  /** True for a loss or an error. */
  readonly lowerIsBetter: boolean;
  /** One value per row; null if it is undefined. */
  readonly train: readonly (number | null)[];
  readonly validation: readonly (number | null)[];
  /** The lowest and the highest of all values; 0 if there are none. */
  readonly low: number;
  readonly high: number;
  /** The number of digits that is needed to distinguish five steps of the range. */
  readonly decimals: number;
  /** The rows at the start of a phase at which only the training value is worse than in the previous row. */
  readonly drops: readonly number[];
  readonly best: { readonly epoch: number; readonly text: string } | undefined;
  /** The last epoch's training value. */
  readonly ending: string;
}

const USUAL = ['auc', 'loss', 'precision', 'recall'];
const NO_METRICS: ReadonlySet<string> = new Set(['phase', 'epoch', 'learningRate', 'seconds']);

/** Of the usual four metrics those that the rows have; if they have none of these, all that they have. */
export function metricsOf(rows: readonly HistoryRowInput[]): string[] {
  const isNumber = (row: HistoryRowInput, name: string) =>
    typeof row[name] === 'number' || row[name] === null;
  const columns = rows.flatMap((row) => Object.keys(row).filter((name) => isNumber(row, name)));
  const metrics = [...new Set(columns.map((name) => name.replace(/^val_/, '')))];
  const usual = USUAL.filter((name) => metrics.includes(name));
  return usual.length > 0 ? usual : metrics.filter((name) => !NO_METRICS.has(name));
}

/** The panels of a history: those of the given metrics, or by default of those of the usual four that the rows have. */
export function historyPanels(rows: readonly HistoryRowInput[], asked?: readonly string[]): HistoryPanel[] {
  const held = (metric: string) => rows.some((row) => metric in row || `val_${metric}` in row);
  const metrics = asked ?? USUAL.filter(held);
  const missing = metrics.filter((metric) => !held(metric));
  if (metrics.length === 0 || missing.length > 0) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    throw new ReportEmptyError(
      `historyChart: expected rows with ${metrics.length === 0 ? `one of ${USUAL.join(', ')}` : missing.join(', ')}; ` +
        `received columns ${columns.join(', ')}. Name others in "metrics".`,
    );
  }
  return metrics.map((metric) => panel(rows, metric));
}

function panel(rows: readonly HistoryRowInput[], metric: string): HistoryPanel {
  const train = rows.map((row) => drawable(row[metric]));
  const validation = rows.map((row) => drawable(row[`val_${metric}`]));
  const values = [...train, ...validation].filter((value) => value !== null);
  const low = values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
  const high = values.reduce((a, b) => Math.max(a, b), values[0] ?? 0);
  const lowerIsBetter = /loss|error/i.test(metric);
  const sign = lowerIsBetter ? -1 : 1;
  const best = bestIndex(validation, sign);
  const ending = train.at(-1);
  return {
    name: metric === 'auc' ? 'AUC' : metric.charAt(0).toUpperCase() + metric.slice(1).replaceAll('_', ' '),
    lowerIsBetter,
    train,
    validation,
    low,
    high,
    decimals: high > low ? Math.min(8, Math.max(0, Math.ceil(-Math.log10((high - low) / 5)))) : 2,
    drops: dropsOf(rows, train, validation, sign, high - low),
    best: best === -1 ? undefined : { epoch: rows[best].epoch, text: print(validation[best]!) },
    ending: ending === null || ending === undefined ? 'undefined' : print(ending),
  };
}

/** The least drop that is marked, as a share of the panel's range. */
const SEEN = 0.05;

function dropsOf(
  rows: readonly HistoryRowInput[],
  train: readonly (number | null)[],
  validation: readonly (number | null)[],
  sign: 1 | -1,
  range: number,
): number[] {
  const gain = (values: readonly (number | null)[], at: number) =>
    sign * ((values[at] ?? Number.NaN) - (values[at - 1] ?? Number.NaN));
  return rows.flatMap(({ phase }, at) => {
    if (at === 0 || phase === rows[at - 1].phase) return [];
    const own = gain(train, at);
    const others = gain(validation, at);
    return own < -SEEN * range && !(others < own / 2) ? [at] : [];
  });
}

function bestIndex(values: readonly (number | null)[], sign: 1 | -1): number {
  let best = -1;
  for (const [index, value] of values.entries()) {
    if (value !== null && (best === -1 || sign * value > sign * values[best]!)) best = index;
  }
  return best;
}

function drawable(value: number | string | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function print(value: number): string {
  return value !== 0 && Math.abs(value) < 0.0005 ? value.toExponential(1) : value.toFixed(3);
}
