import type { ReportComparison } from './compare';
import type { MetricChanges } from './metric-changes';
import { reportHeadings, reportMetricNames } from './report-headings';
import { writeTable } from './write-table';

/** The differences of a comparison as an aligned text table, signed, three decimals. */
export function formatComparison(comparison: Omit<ReportComparison, 'toString'>): string {
  const { perClass, counts } = comparison;
  const differences = (changes: MetricChanges) =>
    reportMetricNames.map((name) => signed(changes[name].difference));
  const tally = (key: 'better' | 'worse') => [
    key,
    '',
    ...reportMetricNames.map((name) => String(counts[name][key])),
  ];
  return writeTable(
    ['b − a', 'support', ...reportMetricNames.map((name) => reportHeadings[name])],
    [
      ...perClass.map((one) => [one.label, String(one.support), ...differences(one)]),
      undefined,
      ...(['macro', 'micro', 'weighted'] as const).map((name) => [
        name,
        '',
        ...differences(comparison[name]),
      ]),
      undefined,
      tally('better'),
      tally('worse'),
    ],
    'text',
  );
}

function signed(difference: number): string {
  return difference > 0 ? `+${difference.toFixed(3)}` : difference.toFixed(3);
}
