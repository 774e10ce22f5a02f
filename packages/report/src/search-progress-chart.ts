import type { EChartsCoreOption } from './bundled-libraries';
import { ReportEmptyError, ReportRangeError } from './errors';
import { renderSvg } from './render-svg';
import { fontFamily, theme } from './theme';

/** The progress of a search for a balanced subset or a split. */
export interface SearchProgress {
  readonly name: string;
  /** The best score after each reported step. Steps rise. */
  readonly points: readonly { readonly step: number; readonly score: number }[];
}

/** Options of {@link searchProgressChart}. */
export interface SearchProgressChartOptions {
  /** Default `'Search for a balanced subset'`; empty if a heading near the chart already says it. */
  readonly title?: string;
  /** A lower bound on the score of every selection, drawn as a dashed line. */
  readonly bound?: number;
  /** The name of the bound; default `'bound'`. */
  readonly boundName?: string;
  /** The name of the steps; default `'step'`. */
  readonly step?: string;
  /**
   * The name of the score that is minimised; default `'relative standard deviation of positives per class'`.
   */
  readonly score?: string;
  /** In pixels; default 900. */
  readonly width?: number;
  /** In pixels; default 460. */
  readonly height?: number;
}

const NAME = 'Search for a balanced subset';
const TEXT = { fontFamily, color: theme.ink.light };
const SMALL = { fontFamily, fontSize: 12, color: theme.muted.light };
const COLOURS = [theme.train, theme.validation, theme.right, theme.missed];

/**
 * Draws the best scores of searches over their steps, and the proven bound below them, as SVG.
 *
 * @param searches - one to four, each with at least one point
 * @returns the markup of a standalone SVG; also what `htmlReport` takes
 * @throws ReportEmptyError without searches or points
 * @throws ReportRangeError with more than four searches, or if steps don't rise or a score is not a number
 *
 * @example
 * ```ts
 * import { searchProgressChart } from '@thawjs/report';
 *
 * const points = [0.9, 0.4, 0.27].map((score, i) => ({ step: 100 * i, score }));
 * const svg = searchProgressChart([{ name: 'greedy and swaps', points }], { bound: 0.26 });
 * console.log(svg.includes('greedy and swaps 0.2700'), svg.includes('bound 0.2600')); // true true
 * ```
 */
export function searchProgressChart(
  searches: readonly SearchProgress[],
  {
    title = NAME,
    bound,
    boundName = 'bound',
    step = 'step',
    score = 'relative standard deviation of positives per class',
    width = 900,
    height = 460,
  }: SearchProgressChartOptions = {},
): string {
  checkSearches(searches);
  const named = searches.map(({ name, points }) => `${name} ${points.at(-1)!.score.toFixed(4)}`);
  const option: EChartsCoreOption = {
    backgroundColor: theme.surface.light,
    textStyle: TEXT,
    title: [{ text: title, left: 20, top: 14, textStyle: { ...TEXT, fontSize: 20, fontWeight: 600 } }],
    legend: {
      data: named,
      left: 20,
      top: title ? 46 : 14,
      itemGap: 24,
      itemWidth: 28,
      textStyle: { ...TEXT, fontSize: 13 },
    },
    grid: { left: 64, right: 40, top: title ? 96 : 64, bottom: 56 },
    xAxis: {
      type: 'value',
      min: 'dataMin',
      max: 'dataMax',
      name: step,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: SMALL,
      axisLine: { onZero: false, lineStyle: { color: theme.axis.light } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...SMALL, formatter: (value: number) => value.toLocaleString('en-US') },
    },
    yAxis: {
      type: 'value',
      min: 0,
      name: score,
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { ...SMALL, align: 'left' },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.grid.light } },
      axisLabel: SMALL,
    },
    series: searches.map(({ points }, index) => ({
      name: named[index],
      type: 'line',
      silent: true,
      symbol: points.length === 1 ? 'circle' : 'none',
      color: COLOURS[index].light,
      lineStyle: { width: 2, color: COLOURS[index].light },
      data: points.map((point) => [point.step, point.score]),
      ...(index === 0 && bound !== undefined && { markLine: boundLine(bound, boundName) }),
    })),
  };
  const description = `${named.join('; ')}${bound === undefined ? '' : `; ${boundName} ${bound.toFixed(4)}`}. Lower is better.`;
  return renderSvg({ option, width, height, title: title || NAME, description });
}

function boundLine(bound: number, name: string) {
  return {
    silent: true,
    symbol: 'none',
    data: [{ yAxis: bound }],
    lineStyle: { type: 'dashed', width: 1.5, color: theme.boundary.light },
    label: {
      formatter: `${name} ${bound.toFixed(4)}`,
      position: 'insideEndBottom',
      fontFamily,
      fontSize: 12,
      color: theme.boundary.light,
    },
  };
}

function checkSearches(searches: readonly SearchProgress[]): void {
  if (searches.length === 0 || searches.some(({ points }) => points.length === 0)) {
    throw new ReportEmptyError(
      'searchProgressChart: expected at least one search, each with at least one point; received none.',
    );
  }
  if (searches.length > COLOURS.length) {
    throw new ReportRangeError(
      `searchProgressChart: expected at most ${COLOURS.length} searches, as more can't be told apart; received ${searches.length}.`,
    );
  }
  for (const { name, points } of searches) {
    const wrong = points.findIndex(
      ({ step, score }, at) => !Number.isFinite(score) || (at > 0 && !(step > points[at - 1].step)),
    );
    if (wrong !== -1) {
      throw new ReportRangeError(
        `searchProgressChart: expected rising steps and numbers for scores in "${name}"; received step ${points[wrong].step} with ${points[wrong].score}.`,
      );
    }
  }
}
