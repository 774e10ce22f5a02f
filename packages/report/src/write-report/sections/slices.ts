import { type GroupName, reportByGroup } from '@thawjs/metrics';
import { escapeMarkup } from '../../escape-markup';
import type { HtmlReportSection } from '../../html-report';
import type { Findings } from '../findings/findings';
import { classLink } from '../page/class-link';
import { printNumber } from '../page/print-number';
import { simpleTable } from '../page/simple-table';

/** Smaller groups aren't compared: their metrics are mostly chance. */
const LEAST_ROWS = 10;
const MOST_GROUPS = 20;
const GAPS = 5;

/** The metrics of each group of images, and the classes in which groups differ the most. */
export function slicesSection(
  { data, evaluation }: Findings,
  slices: Readonly<Record<string, ArrayLike<GroupName>>>,
): HtmlReportSection | undefined {
  const parts = Object.entries(slices).map(([name, groups]) => {
    const grouped = reportByGroup(data.yTrue, data.yScore, groups, {
      labels: data.labels,
      threshold: [...data.thresholds],
      undefined: 'skip',
      minRows: LEAST_ROWS,
      ...(data.mask && { mask: data.mask }),
    });
    const largest = [...grouped.groups].sort((a, b) => b.rows - a.rows);
    const rows = largest
      .slice(0, MOST_GROUPS)
      .map(({ group, rows: count, report }) => [
        String(group),
        count,
        ...[report.macro.auc, report.macro.averagePrecision, report.macro.f1].map(printNumber),
      ]);
    const gaps = grouped.gaps.perClass
      .map(({ recall }, column) => ({ recall, column }))
      .filter(({ recall }) => recall.difference > 0)
      .sort((a, b) => b.recall.difference - a.recall.difference)
      .slice(0, GAPS)
      .map(
        ({ recall, column }) =>
          `<li>${classLink(column, evaluation.labels)}: recall ${printNumber(recall.difference)} lower for ${escapeMarkup(String(recall.lowest))} than for ${escapeMarkup(String(recall.highest))}</li>`,
      );
    const others = largest.length - rows.length;
    return [
      `<h3>By ${escapeMarkup(name)}</h3>`,
      simpleTable(`By ${name}`, [name, 'Images', 'AUC', 'mAP', 'F1'], rows),
      others > 0 ? `<p class="thaw-note">${others} smaller groups are left out.</p>` : '',
      gaps.length > 0
        ? `<p>The largest gaps of a class, groups of ${LEAST_ROWS} images and more:</p><ul>${gaps.join('')}</ul>`
        : '',
    ].join('\n');
  });
  if (parts.length === 0) return undefined;
  return {
    heading: 'By group',
    note: 'Macro averages over the classes that a group has. Small groups differ by chance, too.',
    html: parts.join('\n'),
  };
}
