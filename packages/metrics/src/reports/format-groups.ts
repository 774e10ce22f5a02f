import type { GroupedReport } from './report-by-group';
import { reportHeadings, reportMetricNames } from './report-headings';
import { writeTable } from './write-table';

/** The macro averages of each group and the gaps between them, as an aligned text table. */
export function formatGroups({ overall, groups, gaps }: Omit<GroupedReport, 'toString'>): string {
  const cells = (of: (name: (typeof reportMetricNames)[number]) => number) =>
    reportMetricNames.map((name) => of(name).toFixed(3));
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  return writeTable(
    ['macro averages', 'rows', ...reportMetricNames.map((name) => reportHeadings[name])],
    [
      ...groups.map(({ group, rows, report }) => [
        String(group),
        String(rows),
        ...cells((name) => report.macro[name]),
      ]),
      undefined,
      ['all', String(rows), ...cells((name) => overall.macro[name])],
      ['gap', '', ...cells((name) => gaps.macro[name].difference)],
      ['ratio', '', ...cells((name) => gaps.macro[name].ratio)],
    ],
    'text',
  );
}
