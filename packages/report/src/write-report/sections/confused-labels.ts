import type { HtmlReportSection } from '../../html-report';
import type { Findings } from '../findings/findings';
import { classLink } from '../page/class-link';
import { simpleTable } from '../page/simple-table';

const SHOWN = 15;

/** The pairs of labels that the model confuses. */
export function confusedLabelsSection({ confused, evaluation }: Findings): HtmlReportSection | undefined {
  const { labels } = evaluation;
  if (labels.length < 2) return undefined;
  const rows = confused
    .slice(0, SHOWN)
    .map(({ missed, found, images, expected }) => [
      { html: classLink(missed, labels) },
      { html: classLink(found, labels) },
      images,
      expected.toFixed(1),
    ]);
  return {
    heading: 'Labels taken for each other',
    note: 'On how many test images one label is missed and another is wrongly found, beside the number that would be chance.',
    html:
      rows.length > 0
        ? simpleTable('Labels taken for each other', ['Missed', 'Found instead', 'Images', 'By chance'], rows)
        : '<p>No two labels are taken for each other more often than by chance.</p>',
  };
}
