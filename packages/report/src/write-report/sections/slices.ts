import { type GroupName, type GroupReport, reportByGroup } from '@thawjs/metrics';
import { escapeMarkup, nameMarkup } from '../../escape-markup';
import type { HtmlReportSection } from '../../html-report';
import type { Findings } from '../findings/findings';
import { classLink } from '../page/class-link';
import { printNumber } from '../page/print-number';
import { simpleTable } from '../page/simple-table';

/** Smaller groups aren't compared: their metrics are mostly chance. */
const LEAST_ROWS = 10;
const LEAST_POSITIVES = 5;
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
    const gaps = data.labels
      .flatMap((_, column) => recallGap(grouped.groups, column))
      .sort((a, b) => b.difference - a.difference)
      .slice(0, GAPS)
      .map(
        ({ column, lowest, highest }) =>
          `<li>${classLink(column, evaluation.labels)}: ${recallOf(lowest, column)}, ${recallOf(highest, column)}</li>`,
      );
    const others = largest.length - rows.length;
    return [
      `<h3>By ${escapeMarkup(name)}</h3>`,
      simpleTable(`By ${name}`, [name, 'Images', 'AUC', 'mAP', 'F1'], rows),
      others > 0 ? `<p class="thaw-note">${others} smaller groups are left out.</p>` : '',
      gaps.length > 0
        ? `<p>The largest gaps of recall, groups of ${LEAST_ROWS} images and more, of which ${LEAST_POSITIVES} and more have the label:</p><ul>${gaps.join('')}</ul>`
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

/** The groups with the lowest and the highest recall of a class; none if they are equal, or one alone is large enough. */
function recallGap(groups: readonly GroupReport[], column: number) {
  const recall = ({ report }: GroupReport) => report.perClass[column].recall;
  const [lowest, ...others] = groups
    .filter(({ rows, report }) => rows >= LEAST_ROWS && report.perClass[column].support >= LEAST_POSITIVES)
    .sort((a, b) => recall(a) - recall(b));
  const highest = others.at(-1);
  if (lowest === undefined || highest === undefined || recall(lowest) === recall(highest)) return [];
  return [{ column, lowest, highest, difference: recall(highest) - recall(lowest) }];
}

function recallOf({ group, report }: GroupReport, column: number): string {
  const { recall, tp, support } = report.perClass[column];
  return `recall ${printNumber(recall)} for ${nameMarkup(String(group))} (${tp} of ${support})`;
}
