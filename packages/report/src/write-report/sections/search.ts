import type { HtmlReportSection } from '../../html-report';
import { lineChart } from '../charts/line-chart';
import { pictures } from '../charts/pictures';
import { printNumber, printSeconds } from '../page/print-number';
import { simpleTable } from '../page/simple-table';
import type { ReportSearch } from '../report-input';

/** The trials of a search: scores over trials, and a table, the best first. */
export function searchSections({
  trials,
  metric = 'score',
  higherIsBetter = true,
}: ReportSearch): HtmlReportSection[] {
  if (trials.length === 0) return [];
  const sign = higherIsBetter ? 1 : -1;
  const scored = trials.map(({ score = Number.NaN }) => score);
  const points = scored.flatMap((score, at) => (Number.isFinite(score) ? [[at + 1, score] as const] : []));
  const best = points.map(([at], index) => {
    const before = points.slice(0, index + 1).map(([, score]) => sign * score);
    return [at, sign * Math.max(...before)] as const;
  });
  const sorted = trials
    .map((trial, at) => ({ trial, score: scored[at] }))
    .sort(
      (a, b) =>
        Number(Number.isNaN(a.score)) - Number(Number.isNaN(b.score)) || sign * (b.score - a.score) || 0,
    );
  const rows = sorted.map(({ trial, score }) => [
    trial.name,
    printNumber(score),
    trial.seconds === undefined ? '' : printSeconds(trial.seconds),
    trial.status ?? '',
    Object.entries(trial.options ?? {})
      .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
      .join(', '),
  ]);
  const table = {
    heading: 'Recipes that were tried',
    html: simpleTable('Recipes that were tried', ['Recipe', metric, 'Time', 'State', 'Options'], rows),
  };
  if (points.length === 0) return [table];
  const chart = {
    heading: 'Search over recipes',
    ...pictures((width) =>
      lineChart({
        title: 'Search over recipes',
        description: `Best ${metric} ${printNumber(best[best.length - 1][1])} of ${trials.length} recipes.`,
        x: {
          name: 'recipe',
          min: 0.5,
          max: trials.length + 0.5,
          format: (value) => (Number.isInteger(value) ? String(value) : ''),
        },
        y: { name: metric },
        lines: [
          { name: 'each recipe', color: 'train', points, kind: 'points' },
          { name: 'best so far', color: 'validation', points: best, kind: 'steps' },
        ],
        width,
      }),
    ),
  };
  return [chart, table];
}
