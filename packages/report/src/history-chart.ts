import type { EChartsCoreOption } from './bundled-libraries';
import { ReportEmptyError, ReportRangeError } from './errors';
import { endingAtOne, epochTicks } from './history-axes';
import { noteLineHeight, noteLines, noteMarks } from './history-note';
import { type HistoryPanel, historyPanels } from './history-panels';
import type { HistoryRowInput } from './history-row-input';
import { renderSvg } from './render-svg';
import { fontFamily, theme } from './theme';

/** Options of {@link historyChart}. */
export interface HistoryChartOptions {
  /** Default `'Training history'`; empty if a heading near the chart already says it. */
  readonly title?: string;
  /**
   * The metrics to draw, one panel each. Default: those of auc, loss, precision and recall that the rows
   * have.
   */
  readonly metrics?: readonly string[];
  /**
   * The names of the phases beside the dashed lines at their starts. Default: `thaw` becomes `fine-tuning`,
   * other names stay.
   */
  readonly phaseNames?: Readonly<Record<string, string>>;
  /** Panels per row; default 2. One column, with a `width` of 330, fits a phone. */
  readonly columns?: 1 | 2;
  /** In pixels; default 1200, or 600 with one column. */
  readonly width?: number;
  /** In pixels; default 90, plus 375 per row of panels, plus the lines of a note. */
  readonly height?: number;
}

interface PhaseStart {
  /** Halfway between the last epoch of the previous phase and the first of this one. */
  readonly at: number;
  readonly name: string;
}

const NAME = 'Training history';
const TEXT = { fontFamily, color: theme.ink.light };
const SMALL = { fontFamily, fontSize: 12, fontWeight: 400, color: theme.muted.light };
const MARGIN = { top: 130, left: 66, right: 46, bottom: 52 };
const GAP = { x: 84, y: 116 };
const NARROW = { left: 48, right: 14 };
/**
 * Draws the metrics of a run over its epochs, training and validation together, as one SVG. By default these
 * are AUC, loss, precision and recall in 2×2 panels.
 *
 * A dashed line, halfway between two epochs, marks where each phase after the first starts. The y axes fit
 * the values. A ring marks the best validation epoch (lowest for a loss or an error, highest for other
 * metrics), which the panel also names. If only the training value gets worse at the start of a phase, a note
 * gives the reason: training values are measured while the network learns. Undefined points (NaN, infinite,
 * missing) are gaps; a single epoch is a dot.
 *
 * @param rows - one per epoch; epochs rise through all phases
 * @returns the markup of a standalone SVG; also what `htmlReport` takes
 * @throws ReportEmptyError without rows, or without a metric to draw
 * @throws ReportRangeError if an epoch is not above the previous one
 *
 * @example
 * ```ts
 * import { historyChart } from '@thawjs/report';
 *
 * const rows = [0.6, 0.7, 0.8].map((auc, epoch) => ({
 *   phase: epoch < 2 ? 'head' : 'thaw', epoch, auc, loss: 1 - auc, precision: auc, recall: auc,
 *   val_auc: auc - 0.05, val_loss: 1.1 - auc, val_precision: auc, val_recall: auc,
 * }));
 * const svg = historyChart(rows, { title: 'Faces' });
 * console.log(svg.startsWith('<svg'), svg.includes('fine-tuning')); // true true
 * ```
 */
export function historyChart(rows: readonly HistoryRowInput[], options: HistoryChartOptions = {}): string {
  checkRows(rows);
  const panels = historyPanels(rows, options.metrics);
  const { title = NAME, columns = 2, width = columns === 1 ? 600 : 1200 } = options;
  const narrow = columns === 1;
  const lines = Math.ceil(panels.length / columns);
  const note = panels.some(({ drops }) => drops.length > 0) ? noteLines(width - 2 * NARROW.right) : [];
  const foot = note.length * noteLineHeight;
  const { height = 90 + 375 * lines + foot } = options;
  const starts = phaseStarts(rows, { thaw: 'fine-tuning', ...options.phaseNames });

  const first = rows[0].epoch;
  const last = rows.at(-1)!.epoch;
  const { left: start, right: end } = narrow ? NARROW : MARGIN;
  const plot = {
    width: (width - start - end - (columns - 1) * GAP.x) / columns,
    height: (height - foot - MARGIN.top - MARGIN.bottom - (lines - 1) * GAP.y) / lines,
  };
  const places = panels.map((_, index) => ({
    left: start + (index % columns) * (plot.width + GAP.x),
    top: MARGIN.top + Math.floor(index / columns) * (plot.height + GAP.y),
  }));

  const pixelsPerEpoch = plot.width / (last - first + 1);
  const option: EChartsCoreOption = {
    backgroundColor: theme.surface.light,
    textStyle: TEXT,
    title: [
      { text: title, left: 24, top: 18, textStyle: { ...TEXT, fontSize: 20, fontWeight: 600 } },
      ...panels.flatMap(({ name, best }, index) => {
        const { left, top } = places[index];
        return [
          {
            text: name,
            left: left - 4,
            top: top - 70,
            textStyle: { ...TEXT, fontSize: 15, fontWeight: 600 },
          },
          {
            text: best ? `○ best validation ${best.text} at epoch ${best.epoch}` : '',
            ...(narrow
              ? { left: left - 4, top: top - 50 }
              : { left: left + plot.width + 5, top: top - 68, textAlign: 'right' }),
            textStyle: SMALL,
          },
        ];
      }),
      ...note.map((text, line) => ({
        text,
        left: narrow ? 6 : 24,
        top: height - foot + line * noteLineHeight - 8,
        textStyle: SMALL,
      })),
    ],
    legend: {
      data: ['train', 'validation'],
      ...(narrow && !title ? { left: 0 } : { right: narrow ? 8 : 40 }),
      top: narrow && title ? 44 : 20,
      itemGap: 24,
      itemWidth: 28,
      textStyle: { ...TEXT, fontSize: 14 },
    },
    grid: places.map((place) => ({ ...place, ...plot })),
    xAxis: panels.map((_, gridIndex) => ({
      gridIndex,
      type: 'value',
      min: first - 0.5,
      max: last + 0.5,
      name: 'epoch',
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: SMALL,
      axisLine: { onZero: false, lineStyle: { color: theme.axis.light } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...SMALL, customValues: epochTicks(first, last) },
    })),
    yAxis: panels.map(({ low, high, decimals, lowerIsBetter }, gridIndex) => ({
      gridIndex,
      type: 'value',
      scale: true,
      splitNumber: 5,
      ...(low === high ? { min: low - 0.05, max: high + 0.05, interval: 0.05 } : {}),
      // Space above 1 would suggest values that a share can't have.
      ...(low < high && !lowerIsBetter && high <= 1 && high + (high - low) / 5 > 1 ? endingAtOne(low) : {}),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.grid.light } },
      axisLabel: { ...SMALL, formatter: (value: number) => value.toFixed(decimals) },
    })),
    series: panels.flatMap(({ train, validation, best, drops }, index) => [
      {
        ...line('train', rows, train, index),
        markLine: boundaries(starts, pixelsPerEpoch, narrow ? 2 : 3),
        ...(drops.length > 0 && {
          markPoint: noteMarks({ drops, rows, values: train, pixelsPerEpoch, textStyle: SMALL }),
        }),
      },
      line('validation', rows, validation, index, best?.epoch),
    ]),
  };
  return renderSvg({
    option,
    width,
    height,
    title: title || NAME,
    description: describe(rows, starts, panels),
  });
}

function line(
  name: 'train' | 'validation',
  rows: readonly HistoryRowInput[],
  values: readonly (number | null)[],
  panel: number,
  ringAt?: number,
) {
  const color = theme[name].light;
  const ring = {
    symbolSize: 12,
    itemStyle: { color: theme.surface.light, borderColor: color, borderWidth: 2 },
  };
  return {
    name,
    type: 'line',
    xAxisIndex: panel,
    yAxisIndex: panel,
    silent: true,
    symbol: 'circle',
    symbolSize: rows.length > 60 ? 3 : rows.length > 4 ? 5 : 8,
    showAllSymbol: true,
    connectNulls: false,
    color,
    lineStyle: { color, width: 2 },
    itemStyle: { color },
    data: rows.map(({ epoch }, index) => ({
      value: [epoch, values[index]],
      ...(epoch === ringAt ? ring : {}),
    })),
  };
}

function boundaries(starts: readonly PhaseStart[], pixelsPerEpoch: number, levels: number) {
  // A name that would overlap the name of a neighbouring line is put one line higher.
  let level = 0;
  let busyUntil = Number.NEGATIVE_INFINITY;
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { type: [6, 4], color: theme.boundary.light, width: 1.5 },
    data: starts.map(({ at, name }) => {
      const half = (name.length * 6.4) / 2 + 4;
      level = at * pixelsPerEpoch - half < busyUntil ? (level + 1) % levels : 0;
      busyUntil = at * pixelsPerEpoch + half;
      const label = { formatter: () => name, position: 'end', distance: 5 + level * 13, textBorderWidth: 0 };
      return { xAxis: at, label: { ...SMALL, ...label, color: theme.boundary.light } };
    }),
  };
}

function phaseStarts(
  rows: readonly HistoryRowInput[],
  names: Readonly<Record<string, string>>,
): PhaseStart[] {
  return rows.slice(1).flatMap((row, index) => {
    const before = rows[index];
    if (row.phase === before.phase) return [];
    return [{ at: (before.epoch + row.epoch) / 2, name: names[row.phase] ?? row.phase }];
  });
}

function checkRows(rows: readonly HistoryRowInput[]): void {
  if (rows.length === 0) {
    throw new ReportEmptyError(
      'historyChart: expected a row for each epoch; received none. Has the run finished its first epoch?',
    );
  }
  for (const [index, { epoch }] of rows.entries()) {
    const before = rows[index - 1]?.epoch ?? Number.NEGATIVE_INFINITY;
    if (!(epoch > before && Number.isFinite(epoch))) {
      throw new ReportRangeError(
        `historyChart: expected epochs that rise from row to row, through all phases; received epoch ${epoch} ` +
          `in row ${index}, after ${before}. Number the epochs on where a new phase starts.`,
      );
    }
  }
}

function describe(
  rows: readonly HistoryRowInput[],
  starts: readonly PhaseStart[],
  panels: readonly HistoryPanel[],
): string {
  const phases = starts.map(({ at, name }) => ` Phase ${name} starts at epoch ${Math.ceil(at)}.`);
  const values = panels.map(({ name, best, ending }) => {
    const validation = best ? `, best validation ${best.text} at epoch ${best.epoch}` : '';
    return ` ${name}: train ${ending} at the end${validation}.`;
  });
  return `Epochs ${rows[0].epoch} to ${rows.at(-1)!.epoch}.${[...phases, ...values].join('')}`;
}
