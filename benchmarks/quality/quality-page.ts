import { type ResultsPage, table } from '../write-results';
import type { Configuration } from './configurations';
import type { RunResult } from './run-configuration';

/** The stored results of each seed of a configuration. */
export interface MeasuredRow {
  readonly name: string;
  readonly runs: readonly RunResult[];
}

/** A row of the table. */
export interface Row {
  readonly configuration: Configuration;
  readonly runs: readonly RunResult[];
}

type Measure = Exclude<keyof RunResult, 'seed'>;

/** The goals of the benchmark, and what limits its results. */
const GOALS = [
  'Goals: the default call above .905 macro AUC in 15 minutes on two cores; with one file of at most 30 million weights .92,',
  'and mAP .70, accuracy .905; on 300 images above the cross-validated probe. Rows with fewer than three seeds are',
  'preliminary. Choices were made by the validation column. The default averages weights since its last change; rows of before',
  'are called "weights not averaged". Enlarging the faces (they are 109 × 89) to 224 × 184 and averaging help together; mixup',
  'with stronger variation helps EfficientNet-Lite and harms the face network. What limits the best rows is data: each network',
  'fits the training images far better than the validation images after a few epochs. Two things help then. Means of models',
  'that were trained apart: one file holds them, by `ensemble([…]).merged()`, whose heads together are one linear head on the',
  'features of all networks. And, once choices are made, training on the validation part too: rows "all and validation" have 599',
  'more images. Nothing validates them, so neither their epochs are chosen nor their probabilities tuned. The best file has a',
  'face network and two EfficientNet-Lites, 14 million weights, and is above .92 with each of three seeds, on identities that no',
  'part of it was trained on. The split of 70, 15 and 15 % stays as it is.',
  '',
  'Of the losses, on 300 images, the two-way loss of Kobayashi (2023) ranks a little better than the default with each seed;',
  'focal, asymmetric and distribution-balanced losses rank worse. The last one and the two-way loss are in losses.ts.',
  '',
  "Keras' guide and fastai's fine_tune are restated in our options, on our linear head. Both count in epochs and were made for",
  'more images: on 300 they take 150 and 55 steps, which is too few for a new head that starts from random weights.',
];

/** The table of all rows, and their options. */
export function qualityPage(
  rows: readonly Row[],
  data: string,
): Pick<ResultsPage, 'name' | 'title' | 'data' | 'table' | 'notes'> {
  const head = [
    'row',
    'seeds',
    'images',
    'macro AUC',
    'mAP',
    'accuracy',
    'validation AUC',
    'weights',
    'seconds',
    'AUC against its reference',
    'goal',
  ];
  const told = rows.map(
    ({ configuration: { name, ...options } }) => `- ${name}: \`${JSON.stringify(options)}\``,
  );
  const notes = [
    `${data}, split into train, validation and test by identity, anew with each seed, which draws order,`,
    'augmentation and dropout too. Rows of 300 and 1,000 images have the first ones of the training part, and a quarter as many',
    'to validate; all are scored on the whole test part. Mean ± standard deviation over the seeds. Accuracy is the share of',
    'right labels at probability ½. The difference is that of runs with the same seed. Seconds are those of training (of the',
    'peers, of fitting), on a machine with other work: they are upper bounds.',
    '',
    ...GOALS,
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
function statistics(runs: readonly RunResult[], key: Measure): { mean: number; deviation: number } {
  const values = runs.map((run) => run[key] ?? Number.NaN);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

function cells({ configuration, runs }: Row, rows: readonly Row[]): string[] {
  const against = 'against' in configuration ? configuration.against : undefined;
  const shown = (key: Measure) => {
    const { mean, deviation } = statistics(runs, key);
    if (Number.isNaN(mean)) return '–';
    return Number.isNaN(deviation) ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${deviation.toFixed(4)}`;
  };
  const whole = (key: Measure) => {
    const { mean } = statistics(runs, key);
    return Number.isNaN(mean) ? '–' : mean.toFixed(0);
  };
  return [
    configuration.name,
    runs.map(({ seed }) => seed).join(', '),
    whole('images'),
    shown('macroAuc'),
    shown('meanAveragePrecision'),
    shown('accuracy'),
    shown('validationAuc'),
    millions(runs),
    whole('seconds'),
    difference(runs, rows.find((row) => row.configuration.name === against?.name)?.runs),
    goalOf(against?.tolerance),
  ];
}

function millions(runs: readonly RunResult[]): string {
  const { mean } = statistics(runs, 'parameters');
  return Number.isNaN(mean) ? '–' : `${(mean / 1e6).toFixed(1)}M`;
}

function goalOf(tolerance: number | undefined): string {
  if (tolerance === undefined) return '–';
  return tolerance === 0 ? 'above 0' : `≥ −${tolerance}`;
}

/** The difference to another row with the same seeds: mean and standard deviation. */
function difference(runs: readonly RunResult[], other: readonly RunResult[] | undefined): string {
  const pairs = runs.flatMap((run) => {
    const reference = other?.find(({ seed }) => seed === run.seed);
    return reference ? [{ ...run, macroAuc: run.macroAuc - reference.macroAuc }] : [];
  });
  if (pairs.length === 0) return '–';
  const { mean, deviation } = statistics(pairs, 'macroAuc');
  const shown = `${mean < 0 ? '−' : '+'}${Math.abs(mean).toFixed(4)}`;
  return Number.isNaN(deviation) ? shown : `${shown} ± ${deviation.toFixed(4)}`;
}
