import { checkLabelMatrix, type LabelMatrixInput } from './check-label-matrix';
import { dendrogramLines, type LabelHierarchy } from './dendrogram-lines';
import { dendrogramSeries } from './dendrogram-series';
import { ReportRangeError } from './errors';
import { labelHeatmap } from './label-heatmap';
import { renderSvg } from './render-svg';
import { reordered } from './reordered';

/** Options of {@link correlationChart}. */
export interface CorrelationChartOptions {
  /** Default `'Correlation of labels'`; empty if a heading near the chart already says it. */
  readonly title?: string;
  /** The order of the labels; default that of the hierarchy, or as given. */
  readonly order?: ArrayLike<number>;
  /** A hierarchy to draw beside the cells, which are then in the hierarchy's order. */
  readonly hierarchy?: LabelHierarchy;
}

const NAME = 'Correlation of labels';
const DIVERGING = ['#0b4f8a', '#6fa8d3', '#f4f4f2', '#eda06a', '#9c3606'];

/**
 * Draws the correlations of labels as a heatmap, as SVG: blue for labels that exclude each other, vermilion for labels that
 * occur together. Undefined correlations (of a label that is the same in every row) are empty cells.
 *
 * `labelCorrelation` of `@thawjs/metrics` gives the correlations, `clusterOrder` an order that brings related labels
 * together, and `linkage` a hierarchy to draw beside it.
 *
 * @param labels - n names
 * @param correlation - n × n, in [−1, 1], NaN where undefined
 * @returns the markup of a standalone SVG; also what `htmlReport` takes
 * @throws ReportEmptyError without labels
 * @throws ReportShapeError if the matrix or the hierarchy is of another size
 * @throws ReportRangeError if a value is not a correlation, or the order lacks a label
 *
 * @example
 * ```ts
 * import { correlationChart } from '@thawjs/report';
 *
 * const correlation = { data: [1, 0.8, 0.8, 1], shape: [2, 2] };
 * const svg = correlationChart(['Heavy_Makeup', 'Wearing_Lipstick'], correlation);
 * console.log(svg.includes('Heavy_Makeup and Wearing_Lipstick 0.80')); // true
 * ```
 */
export function correlationChart(
  labels: readonly string[],
  correlation: LabelMatrixInput,
  { title = NAME, order, hierarchy }: CorrelationChartOptions = {},
): string {
  const lines = hierarchy && dendrogramLines('correlationChart', labels.length, hierarchy);
  const sorted = checkLabelMatrix('correlationChart', labels, correlation, lines?.order ?? order);
  const wrong = Array.from(correlation.data).find((value) => Math.abs(value) > 1 + 1e-9);
  if (wrong !== undefined) {
    throw new ReportRangeError(`correlationChart: expected correlations in [−1, 1]; received ${wrong}.`);
  }
  const strongest = extremes(labels, correlation.data);
  const drawn = labelHeatmap({
    title,
    subtitle: strongest,
    labels: sorted.map((at) => labels[at]),
    values: reordered(correlation.data, sorted),
    range: [-1, 1],
    colours: DIVERGING,
    shown: (value) => (Math.abs(value) < 0.1 || value > 0.995 ? '' : value.toFixed(1).replace('0.', '.')),
    legend: (value) => (value > 0 ? '+1' : '−1'),
    margin: lines ? 130 : 0,
  });
  const { option, cells, width, height } = drawn;
  if (lines) {
    const tree = dendrogramSeries(lines, 1);
    option.grid.push({ left: cells.left + cells.side + 6, top: cells.top, width: 110, height: cells.side });
    option.xAxis.push(tree.xAxis);
    option.yAxis.push(tree.yAxis);
    option.series.push(tree.series);
  }
  return renderSvg({ option, width, height, title: title || NAME, description: strongest });
}

/** A sentence that names the pairs with the highest and the lowest correlation. */
function extremes(labels: readonly string[], data: ArrayLike<number>): string {
  let most: [a: number, b: number, value: number] | undefined;
  let least: [a: number, b: number, value: number] | undefined;
  for (let a = 0; a < labels.length; a++) {
    for (let b = a + 1; b < labels.length; b++) {
      const value = data[a * labels.length + b];
      if (value > (most?.[2] ?? 0)) most = [a, b, value];
      if (value < (least?.[2] ?? 0)) least = [a, b, value];
    }
  }
  const pair = ([a, b, value]: [number, number, number]) =>
    `${labels[a]} and ${labels[b]} ${value.toFixed(2).replace('-', '−')}`;
  return [
    ...(most ? [`Most alike: ${pair(most)}.`] : []),
    ...(least ? [`Most opposed: ${pair(least)}.`] : []),
  ].join(' ');
}
