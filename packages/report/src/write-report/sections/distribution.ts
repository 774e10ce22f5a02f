import { type ClassDistribution, classDistributionChart } from '../../class-distribution-chart';
import type { HtmlReportSection } from '../../html-report';

/** The images per class of the sets. */
export function distributionSection(sets: readonly ClassDistribution[]): HtmlReportSection | undefined {
  if (sets.length === 0) return undefined;
  return { heading: 'Class distribution', svg: classDistributionChart(sets, { title: '' }) };
}
