import type { EChartsCoreOption } from '../../bundled-libraries';
import { renderSvg } from '../../render-svg';
import { fontFamily, theme } from '../../theme';

/** One axis of {@link lineChart}. */
interface ChartAxis {
  readonly name: string;
  /** A logarithmic axis: powers of ten are at equal distances, and all values are above 0. */
  readonly log?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly format?: (value: number) => string;
}

/** One line, or points without a line. */
interface ChartLine {
  readonly name: string;
  readonly color: 'train' | 'validation' | 'right' | 'axis';
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly kind?: 'line' | 'points' | 'steps';
}

/** A vertical dashed line with a name. */
interface ChartMark {
  readonly x: number;
  readonly name: string;
}

/** The input of {@link lineChart}. */
export interface LineChartInput {
  readonly title: string;
  /** What the chart shows, in words and numbers. */
  readonly description: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
  readonly marks?: readonly ChartMark[];
  /** In pixels. */
  readonly width: number;
}

const HEIGHT = 300;
/** The least distance between the names of two marks, so that they don't overlap. */
const LEVEL = 14;

/** Draws lines over one pair of axes. The chart has no title, because the section's heading is one. */
export function lineChart({ title, description, x, y, lines, marks = [], width }: LineChartInput): string {
  const small = { fontFamily, fontSize: 12, color: theme.muted.light };
  const axis = ({ name, log, min, max, format }: ChartAxis) => ({
    type: log ? 'log' : 'value',
    name,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    nameTextStyle: small,
    axisTick: { show: false },
    axisLabel: { ...small, hideOverlap: true, ...(format && { formatter: format }) },
  });
  const markLine = {
    silent: true,
    symbol: 'none',
    // By default positions are rounded to hundredths.
    precision: 12,
    lineStyle: { type: [6, 4], color: theme.boundary.light, width: 1.5 },
    data: marks.map((mark, at) => ({
      xAxis: mark.x,
      label: {
        ...small,
        formatter: () => mark.name,
        position: 'end',
        distance: 4 + (at % 3) * LEVEL,
        color: theme.boundary.light,
      },
    })),
  };
  const levels = Math.min(3, marks.length);
  const option: EChartsCoreOption = {
    backgroundColor: theme.surface.light,
    textStyle: { fontFamily, color: theme.ink.light },
    ...(lines.length > 1 && {
      legend: {
        data: lines.map(({ name }) => name),
        left: 8,
        top: 4,
        itemWidth: 24,
        itemGap: 28,
        textStyle: { ...small, fontSize: 13 },
      },
    }),
    grid: { left: 64, right: 24, top: (lines.length > 1 ? 44 : 26) + levels * LEVEL, bottom: 48 },
    xAxis: {
      ...axis(x),
      nameLocation: 'middle',
      nameGap: 28,
      axisLine: { onZero: false, lineStyle: { color: theme.axis.light } },
      splitLine: { show: false },
    },
    yAxis: {
      ...axis(y),
      scale: true,
      nameLocation: 'middle',
      nameGap: 46,
      axisLine: { show: false },
      splitLine: { lineStyle: { color: theme.grid.light } },
    },
    series: lines.map(({ name, color, points, kind = 'line' }, index) => ({
      name,
      type: 'line',
      silent: true,
      symbol: kind === 'points' || points.length === 1 ? 'circle' : 'none',
      symbolSize: kind === 'points' ? 7 : 8,
      showAllSymbol: true,
      ...(kind === 'steps' && { step: 'end' }),
      color: theme[color].light,
      lineStyle: { width: kind === 'points' ? 0 : color === 'axis' ? 1 : 2, color: theme[color].light },
      data: points.map(([a, b]) => [a, Number.isFinite(b) ? b : null]),
      ...(index === 0 && marks.length > 0 && { markLine }),
    })),
  };
  return renderSvg({ option, width, height: HEIGHT, title, description });
}
