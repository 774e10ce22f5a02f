import { historyChart } from '../../history-chart';
import { metricsOf } from '../../history-panels';
import type { HtmlReportSection } from '../../html-report';
import { printNumber } from '../page/print-number';
import type { ReportRun } from '../report-input';

/** The metrics over the epochs. */
export function historySection(run: ReportRun): HtmlReportSection | undefined {
  const { history, interrupted } = run;
  const metrics = metricsOf(history);
  if (metrics.length === 0) return undefined;
  const note = [...(interrupted ? ['The run was ended early.'] : []), ...againstBaseRates(run)].join(' ');
  return {
    heading: 'Training history',
    ...(note && { note }),
    svg: historyChart(history, { title: '', metrics }),
    narrowSvg: historyChart(history, { title: '', metrics, columns: 1, width: 330 }),
  };
}

/** How the loss compares with that of the base rates, if both are known. */
function againstBaseRates({ history, baseRateLoss = Number.NaN }: ReportRun): string[] {
  const losses = ['val_loss', 'loss']
    .map((name) => history.map((row) => Number(row[name] ?? Number.NaN)).filter(Number.isFinite))
    .find((values) => values.length > 0);
  if (losses === undefined || Number.isNaN(baseRateLoss)) return [];
  const base = `The base rates alone have a loss of ${printNumber(baseRateLoss)}`;
  return [
    Math.min(...losses) < baseRateLoss
      ? `${base}.`
      : `${base}, and no epoch has a smaller one: nothing was learned.`,
  ];
}
