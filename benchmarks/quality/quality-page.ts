import { type ResultsPage, table } from '../write-results';
import type { Configuration } from './configurations';
import type { RunResult } from './run-configuration';

/** What each seed of a configuration came to, as it is kept. */
export interface MeasuredRow {
  readonly name: string;
  readonly runs: readonly RunResult[];
}

/** A row of the table. */
export interface Row {
  readonly configuration: Configuration;
  readonly runs: readonly RunResult[];
}

/** The table of all rows, with what each was told. */
export function qualityPage(
  rows: readonly Row[],
  data: string,
): Pick<ResultsPage, 'name' | 'title' | 'data' | 'table' | 'notes'> {
  const head = ['row', 'seeds', 'macro AUC', 'mAP', 'seconds', 'AUC against its reference', 'goal'];
  const told = rows.map(
    ({ configuration: { name, against, ...options } }) => `- ${name}: \`${JSON.stringify(options)}\``,
  );
  const notes = [
    `${data}, split into train, validation and test by identity, anew with each`,
    'seed, which draws order, augmentation and dropout too. Mean ± standard deviation over the seeds, on the test part. The',
    'difference is that of runs with the same seed. Seconds are those of training, on a machine that others may use.',
    '',
    'What each row was told:',
    '',
    ...told,
  ];
  return {
    name: 'quality',
    title: 'Quality on real faces',
    data: rows.map(({ configuration: { name }, runs }): MeasuredRow => ({ name, runs })),
    table: table([head, ...rows.map((row) => cells(row, rows))]),
    notes: notes.join('\n'),
  };
}

/** Mean and sample standard deviation over the seeds. */
function statistics(runs: readonly RunResult[], key: keyof RunResult): { mean: number; deviation: number } {
  const mean = runs.reduce((sum, run) => sum + run[key], 0) / runs.length;
  const squares = runs.reduce((sum, run) => sum + (run[key] - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (runs.length - 1)) };
}

function cells({ configuration: { name, against }, runs }: Row, rows: readonly Row[]): string[] {
  const shown = (key: 'macroAuc' | 'meanAveragePrecision') => {
    const { mean, deviation } = statistics(runs, key);
    return `${mean.toFixed(4)} ± ${deviation.toFixed(4)}`;
  };
  return [
    name,
    runs.map(({ seed }) => seed).join(', '),
    shown('macroAuc'),
    shown('meanAveragePrecision'),
    statistics(runs, 'seconds').mean.toFixed(0),
    difference(runs, rows.find(({ configuration }) => configuration.name === against?.name)?.runs),
    against ? `≥ −${against.tolerance}` : '–',
  ];
}

/** How much better it is than another row, seed by seed: mean, and its standard deviation. */
function difference(runs: readonly RunResult[], other: readonly RunResult[] | undefined): string {
  if (!other) return '–';
  const pairs = runs.flatMap((run) => {
    const reference = other.find(({ seed }) => seed === run.seed);
    return reference ? [{ ...run, macroAuc: run.macroAuc - reference.macroAuc }] : [];
  });
  const { mean, deviation } = statistics(pairs, 'macroAuc');
  return `${mean < 0 ? '−' : '+'}${Math.abs(mean).toFixed(4)} ± ${deviation.toFixed(4)}`;
}
