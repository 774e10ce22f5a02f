import type { HtmlReportSection } from '../../html-report';
import { lineChart } from '../charts/line-chart';
import { pictures } from '../charts/pictures';
import { printCount, printDigits, printNumber, printSeconds } from '../page/print-number';
import { simpleTable } from '../page/simple-table';
import type { ReportSearch, ReportTrial } from '../report-input';

/** The trials of a search: a chart of the scores, and a table with the best trial first. */
export function searchSections(search: ReportSearch): HtmlReportSection[] {
  const { trials, monitor = 'score', mode = 'max' } = search;
  if (trials.length === 0) return [];
  const sign = mode === 'max' ? 1 : -1;
  const ranked = [...trials].sort(
    (a, b) =>
      Number(scoreOf(b) !== undefined) - Number(scoreOf(a) !== undefined) || sign * (ordered(b) - ordered(a)),
  );
  const table = {
    heading: 'Recipes that were tried',
    html: simpleTable(
      'Recipes that were tried',
      ['Recipe', monitor, 'State', 'Time', 'Options'],
      ranked.map((trial) => [
        trial.name,
        printNumber(scoreOf(trial) ?? Number.NaN),
        stateOf(trial),
        trial.seconds === undefined ? '' : printSeconds(trial.seconds),
        Object.entries(trial.parameters ?? {})
          .map(([name, value]) => `${name} ${printOption(value)}`)
          .join(', '),
      ]),
    ),
  };
  return [...chartOf(search, monitor, sign), table];
}

function chartOf({ trials }: ReportSearch, monitor: string, sign: 1 | -1): HtmlReportSection[] {
  const points = (of: readonly ReportTrial[]) =>
    of.flatMap((trial) => {
      const score = scoreOf(trial);
      return score === undefined ? [] : [[trials.indexOf(trial) + 1, score] as const];
    });
  const all = points(trials);
  if (all.length === 0) return [];
  const finished = points(trials.filter(({ status = 'finished' }) => status === 'finished'));
  const best = finished.map(([at], index) => {
    const before = finished.slice(0, index + 1).map(([, score]) => sign * score);
    return [at, sign * Math.max(...before)] as const;
  });
  const last = best.at(-1);
  return [
    {
      heading: 'Search over recipes',
      ...pictures((width) =>
        lineChart({
          title: 'Search over recipes',
          description: `${trials.length} recipes; best ${monitor} ${last ? printNumber(last[1]) : 'undefined'}.`,
          x: {
            name: 'recipe',
            min: 0.5,
            max: trials.length + 0.5,
            format: (value) => (Number.isInteger(value) ? String(value) : ''),
          },
          y: { name: monitor },
          lines: [
            { name: 'each recipe', color: 'train', points: all, kind: 'points' },
            ...(last
              ? [{ name: 'best so far', color: 'validation', points: best, kind: 'steps' } as const]
              : []),
          ],
          width,
        }),
      ),
    },
  ];
}

function scoreOf({ score }: ReportTrial): number | undefined {
  return typeof score === 'number' && Number.isFinite(score) ? score : undefined;
}

function ordered(trial: ReportTrial): number {
  return scoreOf(trial) ?? 0;
}

function stateOf({ status = '', epochs, error }: ReportTrial): string {
  const after = epochs === undefined ? '' : `${status ? ' after ' : ''}${printCount(epochs, 'epoch')}`;
  return `${status}${after}${error ? `: ${error}` : ''}`;
}

function printOption(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : printDigits(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
