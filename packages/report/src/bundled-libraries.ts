// What of ECharts and fast-png the charts are drawn with. Imported from there, ECharts alone is some hundred files that Node
// reads at every start. The build puts the parts named here into the package, as one minified piece
// (tools/build/bundle-libraries.ts). So this is the only module that imports them.
export { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
export {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
export { type EChartsCoreOption, format, init, use } from 'echarts/core';
export { SVGRenderer } from 'echarts/renderers';
export { encode } from 'fast-png';
