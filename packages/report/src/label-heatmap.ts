import type { EChartsCoreOption } from './bundled-libraries';
import { loadLibraries } from './load-libraries';
import { fontFamily, theme } from './theme';

/** A heatmap of one number per pair of labels. */
export interface LabelHeatmap {
  readonly title: string;
  readonly subtitle: string;
  /** The labels in the order of the picture, from top to bottom and from left to right. */
  readonly labels: readonly string[];
  /** Row by row; NaN if undefined. */
  readonly values: readonly number[];
  readonly range: readonly [low: number, high: number];
  /** The colours of the scale, at equal distances over the range. */
  readonly colours: readonly string[];
  /** The text in a cell; may be empty. */
  readonly shown: (value: number) => string;
  /** The text for a value in the legend of colours. */
  readonly legend: (value: number) => string;
  /** The free space to the right of the cells, in pixels. */
  readonly margin?: number;
}

/** The ECharts option of a heatmap, and the position of its cells. */
export interface DrawnHeatmap {
  readonly option: {
    readonly title: object[];
    readonly grid: object[];
    readonly xAxis: object[];
    readonly yAxis: object[];
    readonly series: object[];
  } & EChartsCoreOption;
  readonly width: number;
  readonly height: number;
  readonly cells: { readonly left: number; readonly top: number; readonly side: number };
}

const CELL = 22;
const TEXT = { fontFamily, color: theme.ink.light };

/** The cells, their names at the left and below, and the legend above. */
export function labelHeatmap(heatmap: LabelHeatmap): DrawnHeatmap {
  const { title, subtitle, labels, values, range, colours, shown, legend, margin = 0 } = heatmap;
  const names = Math.min(
    260,
    Math.max(
      ...labels.map((label) => loadLibraries().format.getTextRect(label, `12px ${fontFamily}`).width * 1.08),
    ) + 10,
  );
  const side = CELL * labels.length;
  const left = 20 + names;
  const top = title ? 92 : 58;
  const axis = {
    type: 'category',
    data: labels,
    axisTick: { show: false },
    axisLine: { show: false },
    splitArea: { show: false },
  };
  const axisLabel = { ...TEXT, fontSize: 12, interval: 0, width: names, overflow: 'truncate' };
  const width = Math.max(Math.ceil(left + side + 24 + margin), 460);
  const dark = (value: number) => {
    const place = (value - range[0]) / (range[1] - range[0]);
    // The high end of every scale is dark. The low end is dark only in a diverging scale.
    return place > 0.75 || (range[0] < 0 && place < 0.25);
  };
  return {
    width,
    height: Math.ceil(top + side + names + 20),
    cells: { left, top, side },
    option: {
      backgroundColor: theme.surface.light,
      textStyle: TEXT,
      title: [
        { text: title, left: 20, top: 14, textStyle: { ...TEXT, fontSize: 20, fontWeight: 600 } },
        {
          text: subtitle,
          left: 20,
          top: title ? 46 : 14,
          textStyle: { ...TEXT, fontSize: 12, fontWeight: 400, color: theme.muted.light },
        },
      ],
      visualMap: {
        type: 'continuous',
        min: range[0],
        max: range[1],
        orient: 'horizontal',
        right: 20,
        top: 18,
        itemWidth: 12,
        itemHeight: 120,
        text: [legend(range[1]), legend(range[0])],
        textStyle: { ...TEXT, fontSize: 11 },
        inRange: { color: colours },
        seriesIndex: 0,
      },
      grid: [{ left, top, width: side, height: side }],
      xAxis: [{ ...axis, gridIndex: 0, position: 'bottom', axisLabel: { ...axisLabel, rotate: 90 } }],
      yAxis: [{ ...axis, gridIndex: 0, inverse: true, axisLabel }],
      series: [
        {
          type: 'heatmap',
          silent: true,
          data: values.flatMap((value, at) => {
            if (Number.isNaN(value)) return [];
            const color = dark(value) ? theme.surface.light : theme.ink.light;
            return [{ value: [at % labels.length, Math.floor(at / labels.length), value], label: { color } }];
          }),
          itemStyle: { borderColor: theme.surface.light, borderWidth: 1 },
          label: {
            show: true,
            fontFamily,
            fontSize: 9,
            formatter: ({ value }: { value: readonly number[] }) => shown(value[2]),
          },
        },
      ],
    },
  };
}
