import { checkLabelMatrix, type LabelMatrixInput } from './check-label-matrix';
import { ReportRangeError, ReportShapeError } from './errors';
import { labelHeatmap } from './label-heatmap';
import { renderSvg } from './render-svg';
import { reordered } from './reordered';

/** Options of {@link coOccurrenceChart}. */
export interface CoOccurrenceChartOptions {
  /** Default `'Labels that come together'`; empty if a heading near the chart already says it. */
  readonly title?: string;
  /** The order of the labels; default as given. */
  readonly order?: ArrayLike<number>;
}

/** The number of images that have both labels, per pair. */
export interface LabelCounts extends LabelMatrixInput {
  /** The number of images with the first label for which the second is known; default: all images with the first label. */
  readonly known?: ArrayLike<number>;
}

const NAME = 'Labels that come together';
const SEQUENTIAL = ['#f7fafc', '#bcd6ea', '#6fa8d3', '#2a73ad', '#0b3f70'];

/**
 * Draws which labels occur together as a heatmap, as SVG. A cell is the share of images with the row's label that also have
 * the column's label. The matrix is therefore not symmetric.
 *
 * The row of a label that no image has is empty. If some labels are not known, a cell refers to the images for which the
 * column's label is known.
 *
 * @param labels - n names
 * @param counts - n × n: the number of images that have both of two labels; the diagonal has the number with
 * the label. It is the result of `labelCooccurrence` of `@thawjs/metrics`
 * @returns the markup of a standalone SVG; also what `htmlReport` takes
 * @throws ReportEmptyError without labels
 * @throws ReportShapeError if a matrix is of another size
 * @throws ReportRangeError if a count is negative, above that on the diagonal or above the known images, or
 * if the order lacks a label
 *
 * @example
 * ```ts
 * import { coOccurrenceChart } from '@thawjs/report';
 *
 * const counts = { data: [10, 4, 4, 8], shape: [2, 2] };
 * const svg = coOccurrenceChart(['Bald', 'Male'], counts);
 * console.log(svg.includes('>40<'), svg.includes('>50<')); // true true
 * ```
 */
export function coOccurrenceChart(
  labels: readonly string[],
  counts: LabelCounts,
  { title = NAME, order }: CoOccurrenceChartOptions = {},
): string {
  const sorted = checkLabelMatrix('coOccurrenceChart', labels, counts, order);
  if (counts.known !== undefined && counts.known.length !== counts.data.length) {
    throw new ReportShapeError(
      `coOccurrenceChart: expected ${counts.data.length} numbers in known, like the counts; received ${counts.known.length}.`,
    );
  }
  const shares = Array.from(counts.data, (both, at) => {
    const row = Math.floor(at / labels.length);
    const alone = counts.known?.[at] ?? counts.data[row * labels.length + row];
    if (!(both >= 0 && both <= alone)) {
      throw new ReportRangeError(
        `coOccurrenceChart: expected counts from 0 to the ${alone} images with "${labels[row]}"; received ${both} with "${labels[at % labels.length]}" too.`,
      );
    }
    return alone === 0 ? Number.NaN : both / alone;
  });
  const subtitle = '% of the images with the label at the left that have the label below, too';
  const { option, width, height } = labelHeatmap({
    title,
    subtitle,
    labels: sorted.map((at) => labels[at]),
    values: reordered(shares, sorted),
    range: [0, 1],
    colours: SEQUENTIAL,
    shown: (value) => (value < 0.005 || value > 0.995 ? '' : (100 * value).toFixed(0)),
    legend: (value) => `${100 * value}%`,
  });
  const description = `A heatmap of ${labels.length} labels: ${subtitle}.`;
  return renderSvg({ option, width, height, title: title || NAME, description });
}
