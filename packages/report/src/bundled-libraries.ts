// The parts of ECharts and fast-png that the charts use. ECharts consists of some hundred files, which Node
// would read at every start. The build bundles the parts named here into the package as one minified file
// (tools/build/bundle-libraries.ts). Therefore only this module imports them, and only load-libraries.ts
// imports this one.
import { keepTextsApart } from './text-cache';

keepTextsApart();

export { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
export {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  MarkPointComponent,
  TitleComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
export { type EChartsCoreOption, format, init, use } from 'echarts/core';
export { SVGRenderer } from 'echarts/renderers';
export { encode } from 'fast-png';
