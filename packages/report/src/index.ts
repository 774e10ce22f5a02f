export { ThawError } from '@thawjs/errors';
export type { LabelMatrixInput } from './check-label-matrix';
export {
  type ClassDistribution,
  type ClassDistributionChartOptions,
  classDistributionChart,
} from './class-distribution-chart';
export { type CoOccurrenceChartOptions, coOccurrenceChart, type LabelCounts } from './co-occurrence-chart';
export { type CorrelationChartOptions, correlationChart } from './correlation-chart';
export { type CsvCell, type CsvTableOptions, csvTable } from './csv-table';
export { type DendrogramChartOptions, dendrogramChart } from './dendrogram-chart';
export type { LabelHierarchy } from './dendrogram-lines';
export type { RgbImageInput } from './encode-image';
export {
  OutputError,
  ReportEmptyError,
  ReportInputError,
  ReportRangeError,
  ReportShapeError,
  ReportTimeError,
} from './errors';
export { type HistoryChartOptions, historyChart } from './history-chart';
export { historyCsv } from './history-csv';
export type { HistoryRowInput } from './history-row-input';
export { type HtmlReportInput, type HtmlReportSection, htmlReport } from './html-report';
export { type OutputFolder, openOutputFolder } from './output-folder';
export { type PerClassMetrics, type PerClassReport, perClassTable } from './per-class-table';
export {
  type PredictionGridItem,
  type PredictionGridOptions,
  type PredictionOutcome,
  predictionGrid,
} from './prediction-grid';
export { type LabelValues, type PredictionsCsvInput, predictionsCsv } from './predictions-csv';
export {
  type SearchProgress,
  type SearchProgressChartOptions,
  searchProgressChart,
} from './search-progress-chart';
export { type SvgToPngOptions, svgToPng } from './svg-to-png';
export type {
  ReportEvaluation,
  ReportImages,
  ReportInput,
  ReportInterval,
  ReportLrFind,
  ReportRun,
  ReportSearch,
  ReportTrial,
} from './write-report/report-input';
export { writeReport } from './write-report/write-report';
