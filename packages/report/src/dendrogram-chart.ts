import { dendrogramLines, type LabelHierarchy } from './dendrogram-lines';
import { dendrogramSeries } from './dendrogram-series';
import { ReportEmptyError } from './errors';
import { loadLibraries } from './load-libraries';
import { renderSvg } from './render-svg';
import { fontFamily, theme } from './theme';

/** Options of {@link dendrogramChart}. */
export interface DendrogramChartOptions {
  /** Default `'Labels by likeness'`; empty if a heading near the chart already says it. */
  readonly title?: string;
  /** The name of the distance axis; default `'distance'`. */
  readonly distance?: string;
  /** In pixels; default 760. */
  readonly width?: number;
}

const NAME = 'Labels by likeness';
const ROW = 20;
const TEXT = { fontFamily, color: theme.ink.light };

/**
 * Draws a hierarchy of labels as a tree of brackets, as SVG: the further to the right two parts join, the less alike they are.
 *
 * @param labels - n names, at least two
 * @param hierarchy - n − 1 merges: the result of `linkage` of `@thawjs/metrics`
 * @returns the markup of a standalone SVG; also what `htmlReport` takes
 * @throws ReportEmptyError with fewer than two labels
 * @throws ReportShapeError if the number of merges isn't one less than that of labels
 * @throws ReportRangeError if a part is merged twice
 *
 * @example
 * ```ts
 * import { dendrogramChart } from '@thawjs/report';
 *
 * // Bald and Gray_Hair join at .2, Young joins them at .9
 * const svg = dendrogramChart(['Bald', 'Young', 'Gray_Hair'], { data: [0, 2, 0.2, 2, 1, 3, 0.9, 3], shape: [2, 4] });
 * console.log(svg.includes('Nearest: Bald and Gray_Hair at 0.20')); // true
 * ```
 */
export function dendrogramChart(
  labels: readonly string[],
  hierarchy: LabelHierarchy,
  { title = NAME, distance = 'distance', width = 760 }: DendrogramChartOptions = {},
): string {
  if (labels.length < 2) {
    throw new ReportEmptyError(`dendrogramChart: expected at least two labels; received ${labels.length}.`);
  }
  const lines = dendrogramLines('dendrogramChart', labels.length, hierarchy);
  const names = Math.min(
    260,
    Math.max(
      ...labels.map((label) => loadLibraries().format.getTextRect(label, `13px ${fontFamily}`).width * 1.08),
    ) + 12,
  );
  const left = 20 + names;
  const top = title ? 84 : 50;
  const plot = { width: width - left - 40, height: ROW * labels.length };
  const nearest = nearestPair(labels, hierarchy);
  const { xAxis, yAxis, series } = dendrogramSeries(lines, 0);
  return renderSvg({
    title: title || NAME,
    description: nearest,
    width,
    height: top + plot.height + 60,
    option: {
      backgroundColor: theme.surface.light,
      textStyle: TEXT,
      title: [
        { text: title, left: 20, top: 14, textStyle: { ...TEXT, fontSize: 20, fontWeight: 600 } },
        {
          text: nearest,
          left: 20,
          top: title ? 46 : 14,
          textStyle: { ...TEXT, fontSize: 12, fontWeight: 400, color: theme.muted.light },
        },
      ],
      grid: [{ left, top, ...plot }],
      xAxis: [
        {
          ...xAxis,
          name: distance,
          nameLocation: 'middle',
          nameGap: 28,
          nameTextStyle: { ...TEXT, fontSize: 12, color: theme.muted.light },
          axisLabel: { ...TEXT, fontSize: 12, color: theme.muted.light, showMaxLabel: false },
          splitLine: { lineStyle: { color: theme.grid.light } },
        },
      ],
      yAxis: [
        {
          ...yAxis,
          axisLabel: {
            ...TEXT,
            fontSize: 13,
            customValues: lines.order.map((_, at) => at),
            formatter: (at: number) => labels[lines.order[at]],
            width: names,
            overflow: 'truncate',
          },
        },
      ],
      series: [series],
    },
  });
}

function nearestPair(labels: readonly string[], { data }: LabelHierarchy): string {
  let nearest: number | undefined;
  for (let at = 0; at < data.length; at += 4) {
    const single = data[at] < labels.length && data[at + 1] < labels.length;
    if (single && (nearest === undefined || data[at + 2] < data[nearest + 2])) nearest = at;
  }
  // the first merge is always of two single labels
  const at = nearest!;
  return `Nearest: ${labels[data[at]]} and ${labels[data[at + 1]]} at ${data[at + 2].toFixed(2)}.`;
}
