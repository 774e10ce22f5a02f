import { type ClassDistribution, classDistributionChart } from '../../class-distribution-chart';
import type { HtmlReportSection } from '../../html-report';

/** The width of the bars on a phone in pixels; the picture is scaled down a little there. */
const NARROW = 190;

/** The images per class of the sets, side by side on a wide page, and below each other on a phone. */
export function distributionSection(sets: readonly ClassDistribution[]): HtmlReportSection | undefined {
  if (sets.length === 0) return undefined;
  const picture = (svg: string, kind: string) =>
    `<figure class="thaw-picture ${kind}" tabindex="0" role="group" aria-label="Class distribution">${svg}</figure>`;
  return {
    heading: 'Class distribution',
    html: [
      picture(classDistributionChart(sets, { title: '' }), 'thaw-wide'),
      ...sets.map((set) =>
        picture(classDistributionChart([set], { title: '', panelWidth: NARROW }), 'thaw-narrow'),
      ),
    ].join('\n'),
  };
}
