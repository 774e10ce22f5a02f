import type { EChartsCoreOption } from './bundled-libraries';
import { ReportEmptyError, ReportRangeError, ReportShapeError } from './errors';
import { isRightToLeft } from './escape-markup';
import { loadLibraries } from './load-libraries';
import { renderSvg } from './render-svg';
import { fontFamily, theme } from './theme';

/** One set of images in {@link classDistributionChart}. */
export interface ClassDistribution {
  readonly title: string;
  readonly labels: readonly string[];
  /** The number of images with each label, integers from 0. */
  readonly counts: ArrayLike<number>;
  /**
   * The number of images in the set. If every set gives it, bars show shares, which can be compared across
   * panels.
   */
  readonly total?: number;
  /** Per label, the number of images for which the label is known. Shares refer to it. Default: `total` for all labels. */
  readonly known?: ArrayLike<number>;
}

/** Options of {@link classDistributionChart}. */
export interface ClassDistributionChartOptions {
  /** Default `'Images per class'`; empty if a heading near the chart already says it. */
  readonly title?: string;
  /**
   * The order of the classes in all panels: by the counts of the first panel, highest first (default), or as
   * given.
   */
  readonly sort?: 'descending' | 'none';
  /** The width of a panel's bars in pixels; default 330. */
  readonly panelWidth?: number;
}

const NAME = 'Images per class';
/** The greatest width of the labels' names in pixels. */
const NAMES = 320;
/** A browser's font may be wider than Inter, of which the widths are known. */
const WIDER = 1.2;
/** After a name that is written from right to left, this mark keeps the numbers behind the name in their order. */
const LEFT_TO_RIGHT = '\u200e';
const ROW = 19;
const FOOT = 92;

/**
 * Draws how many images have each class, with one panel per set (for example complete, without a class,
 * balanced), as SVG.
 *
 * All panels share the rows, so a class has the same row everywhere. The row is empty in sets that lack the
 * class.
 * Under each panel are the minority and the majority class (the first of several with equal counts), their
 * ratio, and the relative standard deviation of the counts (population standard deviation divided by the
 * mean; 0 is balanced).
 *
 * @param sets - at least one; their labels may differ
 * @returns the markup of a standalone SVG; also what `htmlReport` takes
 * @throws ReportEmptyError without sets or classes
 * @throws ReportShapeError if a set doesn't have one count, or one number in `known`, per label
 * @throws ReportRangeError if a count is negative, not a number, or above the number of images for which the
 * label is known
 *
 * @example
 * ```ts
 * import { classDistributionChart } from '@thawjs/report';
 *
 * const svg = classDistributionChart([
 *   { title: 'Complete', labels: ['Bald', 'Young'], counts: [2, 8], total: 10 },
 *   { title: 'Balanced', labels: ['Bald', 'Young'], counts: [2, 3], total: 4 },
 * ]);
 * console.log(svg.includes('Bald 2 (20.0%)')); // true
 * ```
 */
export function classDistributionChart(
  sets: readonly ClassDistribution[],
  { title = NAME, sort = 'descending', panelWidth = 330 }: ClassDistributionChartOptions = {},
): string {
  checkSets(sets);
  const tables = sets.map(
    ({ labels, counts, total, known }) =>
      new Map(labels.map((label, index) => [label, { count: counts[index], of: known?.[index] ?? total }])),
  );
  const given = [...new Set(sets.flatMap(({ labels }) => labels))];
  const order =
    sort === 'none'
      ? given
      : [...given].sort((a, b) => (tables[0].get(b)?.count ?? -1) - (tables[0].get(a)?.count ?? -1));
  const totals = sets.map(({ total }) => total);
  const shares = totals.every((total) => total !== undefined && total > 0);
  const lengthOf = ({ count, of }: LabelCount) => (!shares ? count : of ? count / of : 0);
  const longest = tables.map((table) => Math.max(...[...table.values()].map(lengthOf)));

  const widest = Math.max(...order.map((label) => widthOf(oneLine(label), 13)));
  const room = Math.min(NAMES, panelWidth);
  const labelWidth = Math.min(room, widest * 1.08 + 8);
  const left = 24 + labelWidth;
  const gap = 34;
  const width = Math.ceil(left + sets.length * (panelWidth + gap));
  // The summary of a single panel begins at the left of the picture.
  const summaryWidth = sets.length === 1 ? width - 20 : panelWidth + gap - 5;
  const summaries = tables.map((table) => summarise(table, summaryWidth));
  const plotHeight = order.length * ROW;
  const top = title ? 108 : 70;
  const height = top + plotHeight + FOOT;
  const font = { fontFamily, color: theme.ink.light };
  const at = (index: number) => left + index * (panelWidth + gap);

  const option: EChartsCoreOption = {
    backgroundColor: theme.surface.light,
    textStyle: font,
    title: [
      { text: title, left: 20, top: 16, textStyle: { ...font, fontSize: 20, fontWeight: 600 } },
      ...sets.map((set, index) => ({
        text: set.title,
        subtext: set.total === undefined ? '' : `${thousands(set.total)} images`,
        left: at(index) - 5,
        top: top - 54,
        itemGap: 2,
        textStyle: { ...font, fontSize: 14, fontWeight: 600, width: panelWidth, overflow: 'truncate' },
        subtextStyle: { ...font, fontSize: 12, color: theme.muted.light },
      })),
      ...summaries.map(({ lines }, index) => ({
        text: lines.join('\n'),
        left: sets.length === 1 ? 15 : at(index) - 5,
        top: top + plotHeight + 10,
        textStyle: {
          ...font,
          fontSize: 12,
          fontWeight: 400,
          lineHeight: 18,
          rich: {
            minority: { ...font, fontSize: 12, color: theme.minority.light, fontWeight: 600 },
            majority: { ...font, fontSize: 12, color: theme.majority.light, fontWeight: 600 },
            muted: { ...font, fontSize: 12, color: theme.muted.light },
          },
        },
      })),
    ],
    grid: sets.map((_, index) => ({ left: at(index), top, width: panelWidth, height: plotHeight })),
    xAxis: sets.map((_, index) => ({
      gridIndex: index,
      type: 'value',
      min: 0,
      // Room for the number behind the longest bar.
      max: ((shares ? Math.max(...longest) : longest[index]) || 1) * 1.42,
      axisLabel: { show: false },
      splitLine: { show: false },
    })),
    yAxis: sets.map((_, index) => ({
      gridIndex: index,
      type: 'category',
      inverse: true,
      data: order,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.axis.light } },
      axisLabel: {
        ...font,
        show: index === 0,
        interval: 0,
        fontSize: 13,
        formatter: oneLine,
        width: labelWidth < room ? widest + 1 : room / WIDER,
        overflow: 'truncate',
      },
    })),
    series: tables.map((table, index) => ({
      type: 'bar',
      xAxisIndex: index,
      yAxisIndex: index,
      silent: true,
      barWidth: 12,
      data: order.map((label) => {
        const counted = table.get(label);
        return {
          value: counted ? lengthOf(counted) : 0,
          itemStyle: { color: theme[summaries[index].role(label)].light, borderRadius: [0, 2, 2, 0] },
          label: {
            formatter: () => (counted ? amount(counted) : 'left out'),
            color: counted ? theme.ink.light : theme.muted.light,
          },
        };
      }),
      label: { show: true, position: 'right', distance: 5, fontFamily, fontSize: 11, textBorderWidth: 0 },
    })),
  };
  const description = sets.map((set, index) => `${set.title}: ${summaries[index].description}`).join(' ');
  return renderSvg({ option, width, height, title: title || NAME, description });
}

/** The number of images with a label, and the number of images that the share refers to. */
interface LabelCount {
  readonly count: number;
  readonly of: number | undefined;
}

function oneLine(label: string): string {
  return label.replace(/\s+/g, ' ');
}

/** The width of a text in Inter, in pixels. */
function widthOf(text: string, fontSize: number): number {
  return loadLibraries().format.getTextRect(text, `${fontSize}px ${fontFamily}`).width;
}

/** @param width the space of a line in pixels */
function summarise(table: ReadonlyMap<string, LabelCount>, width: number) {
  const entries = [...table];
  const [minority, least] = entries.reduce((a, b) => (b[1].count < a[1].count ? b : a));
  const [majority, most] = entries.reduce((a, b) => (b[1].count > a[1].count ? b : a));
  const mean = entries.reduce((sum, [, { count }]) => sum + count, 0) / entries.length;
  const deviation =
    Math.sqrt(entries.reduce((sum, [, { count }]) => sum + (count - mean) ** 2, 0) / entries.length) / mean;
  const ratio = least.count > 0 ? `${(most.count / least.count).toFixed(1)} : 1` : '–';
  const spread = mean > 0 ? deviation.toFixed(3) : '–';
  const named = (what: string, label: string, amount: string) => {
    const room = width / WIDER - widthOf(`${what}\u00a0\u00a0 ${amount}`, 12);
    // Braces and bars are ECharts' own markup in a rich text.
    const plain = oneLine(label).replace(/[{}|]/g, ' ');
    const fitting = loadLibraries().format.truncateText(plain, room, `600 12px ${fontFamily}`, '…');
    return `${fitting}${isRightToLeft(fitting) ? LEFT_TO_RIGHT : ''} ${amount}`;
  };
  return {
    role: (label: string): 'majority' | 'minority' | 'bar' =>
      label === majority ? 'majority' : label === minority ? 'minority' : 'bar',
    lines: [
      `{muted|Minority class\u00a0\u00a0}{minority|${named('Minority class', minority, amount(least))}}`,
      `{muted|Majority class\u00a0\u00a0}{majority|${named('Majority class', majority, amount(most))}}`,
      `{muted|Majority to minority ${ratio}}`,
      `{muted|Relative standard deviation ${spread}}`,
    ],
    description:
      `minority class ${minority} ${amount(least)}, majority class ${majority} ${amount(most)}, ` +
      `ratio ${ratio}, relative standard deviation of the counts ${spread}.`,
  };
}

function checkSets(sets: readonly ClassDistribution[]): void {
  if (sets.length === 0 || sets.some(({ labels }) => labels.length === 0)) {
    throw new ReportEmptyError(
      'classDistributionChart: expected at least one set, each with at least one label; received none.',
    );
  }
  for (const { title, labels, counts, total = Number.POSITIVE_INFINITY, known } of sets) {
    for (const [name, numbers] of Object.entries({ counts, ...(known && { known }) })) {
      if (numbers.length === labels.length) continue;
      throw new ReportShapeError(
        `classDistributionChart: expected ${labels.length} numbers in ${name} of "${title}", one a label; received ${numbers.length}.`,
      );
    }
    const most = (index: number) => Math.min(known?.[index] ?? total, total);
    const wrong = labels.findIndex((_, index) => !(counts[index] >= 0 && counts[index] <= most(index)));
    if (wrong !== -1) {
      const limit = most(wrong);
      throw new ReportRangeError(
        `classDistributionChart: expected a count from 0 to ${limit === Number.POSITIVE_INFINITY ? 'any number' : `the total ${limit}`} ` +
          `for "${labels[wrong]}" in "${title}"; received ${counts[wrong]}.`,
      );
    }
  }
}

function amount({ count, of }: LabelCount): string {
  return of ? `${thousands(count)} (${((100 * count) / of).toFixed(1)}%)` : thousands(count);
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
