import { historyChart } from '../../history-chart';
import type { HtmlReportSection } from '../../html-report';
import type { ReportRun } from '../report-input';

/** The metrics over the epochs. */
export function historySection({ history, interrupted }: ReportRun): HtmlReportSection | undefined {
  if (history.length === 0) return undefined;
  return {
    heading: 'Training history',
    ...(interrupted && { note: 'The run was ended early.' }),
    svg: historyChart(history, { title: '' }),
    narrowSvg: historyChart(history, { title: '', columns: 1, width: 330 }),
  };
}
