import type { HistoryPanel } from './history-series';

/** A chart of lines over epochs. */
export interface LineChart {
  show(panel: HistoryPanel): void;
  dispose(): void;
}

/** Draws a chart in an element, in the colours of the page. ECharts is loaded with the first chart. */
export async function drawLines(place: HTMLElement): Promise<LineChart> {
  const [
    { init, use },
    { LineChart: Lines },
    { GridComponent, LegendComponent, TooltipComponent },
    { SVGRenderer },
  ] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  use([Lines, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);
  const chart = init(place, undefined, { renderer: 'svg' });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let shown: HistoryPanel = { title: '', series: [] };
  const draw = () => {
    const colour = (name: string) => colourOf(place, name);
    const axis = {
      axisLabel: { color: colour('--muted') },
      axisLine: { lineStyle: { color: colour('--line') } },
    };
    chart.setOption({
      animation: false,
      color: [colour('--accent'), colour('--good')],
      grid: { left: 44, right: 12, top: 34, bottom: 42 },
      legend: { top: 0, left: 0, textStyle: { color: colour('--text') } },
      tooltip: { trigger: 'axis' },
      xAxis: {
        type: 'category',
        name: 'epoch',
        nameLocation: 'middle',
        nameGap: 24,
        nameTextStyle: { color: colour('--muted') },
        data: shown.series[0]?.values.map((_, epoch) => epoch + 1) ?? [],
        ...axis,
      },
      yAxis: {
        type: 'value',
        ...axis,
        ...(shown.best === undefined
          ? { scale: true }
          : { max: shown.best, min: ({ min }: { min: number }) => (min < 0.5 ? 0 : 0.5) }),
        splitLine: { lineStyle: { color: colour('--line') } },
      },
      series: shown.series.map(({ name, values }, i) => ({
        name,
        type: 'line',
        data: [...values],
        symbol: i === 0 ? 'circle' : 'rect',
        symbolSize: 7,
        lineStyle: { width: 2, type: i === 0 ? 'solid' : 'dashed' },
      })),
    });
  };
  const resized = new ResizeObserver(() => chart.resize());
  resized.observe(place);
  dark.addEventListener('change', draw);
  return {
    show(panel) {
      shown = panel;
      draw();
    },
    dispose() {
      resized.disconnect();
      dark.removeEventListener('change', draw);
      chart.dispose();
    },
  };
}

/** The current value of a colour of the stylesheet, in light or dark mode. */
function colourOf(place: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
