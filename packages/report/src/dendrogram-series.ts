import type { DendrogramLines } from './dendrogram-lines';
import { theme } from './theme';

/** The axes and the single line of a dendrogram with its leaves at the left, for a grid of its own. */
export function dendrogramSeries({ brackets, highest, order }: DendrogramLines, grid: number) {
  return {
    xAxis: {
      gridIndex: grid,
      type: 'value',
      min: 0,
      max: highest || 1,
      axisLabel: { show: false },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      gridIndex: grid,
      type: 'value',
      inverse: true,
      min: -0.5,
      max: order.length - 0.5,
      axisLabel: { show: false },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    series: {
      type: 'line',
      xAxisIndex: grid,
      yAxisIndex: grid,
      silent: true,
      symbol: 'none',
      connectNulls: false,
      // Half of a line's width may lie outside of the axes. It is not cut off.
      clip: false,
      lineStyle: { color: theme.train.light, width: 1.5 },
      data: brackets.flatMap((bracket) => [...bracket, ['-', '-']]),
    },
  };
}
