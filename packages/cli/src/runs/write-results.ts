import { dirname } from 'node:path';
import type { Classifier, Evaluation } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import {
  type ClassDistribution,
  classDistributionChart,
  historyChart,
  type OutputFolder,
  openOutputFolder,
  predictionGrid,
  predictionsCsv,
  type ReportRun,
  svgToPng,
  writeReport,
} from '@thawjs/report';
import { keepAll } from './keep-all';
import { predictionItems } from './prediction-items';

/** The results of a run that are written for readers. */
export interface RunResults {
  readonly model: Classifier;
  readonly run: ReportRun;
  /** Undefined if there are no test images. */
  readonly evaluation?: Evaluation | undefined;
  readonly test: ImageDataset;
  /** The images per class of the sets that the run used. */
  readonly distribution: readonly ClassDistribution[];
  /** Default: the number of labels and the network. */
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  /** More short names and values for the top of the report. */
  readonly facts?: Readonly<Record<string, string | number>> | undefined;
}

/** The files that are written besides `evaluation.json` and `scores.csv`. */
export interface ResultFiles {
  /** The path of the report; false writes none. */
  readonly report: string | false;
  /** Whether to write charts and test images, too: `history.png`, `distribution.png` and `predictions.png`. */
  readonly pictures: boolean;
}

/** The number of images in the picture, and the number of those that are in the report, too. */
const GRID_IMAGES = 8;
const REPORT_IMAGES = 4;

/**
 * Writes the results of a run into the run's folder. Each file is written even if others can't be.
 *
 * @param before earlier steps of the run that may have failed, by name
 * @throws ResultsError names the files that failed, and why
 */
export async function writeResults(
  out: OutputFolder,
  results: RunResults,
  { report, pictures }: ResultFiles,
  before: Readonly<Record<string, () => Promise<unknown>>> = {},
): Promise<void> {
  const { evaluation, run, distribution } = results;
  const png = async (name: string, svg: string | Promise<string>) => out.write(name, svgToPng(await svg));
  await keepAll(
    {
      ...before,
      ...(evaluation && evaluationFiles(evaluation, out)),
      ...(report !== false && { 'report.html': () => writeRunReport(results, report) }),
      ...(pictures && {
        ...(run.history.length > 0 && {
          'history.png': () => png('history.png', historyChart(run.history)),
        }),
        'distribution.png': () => png('distribution.png', classDistributionChart(distribution)),
        ...(evaluation && {
          'predictions.png': async () =>
            png('predictions.png', predictionGrid(await gridItems(results, evaluation, GRID_IMAGES))),
        }),
      }),
    },
    () => `All others are in ${out.path}.`,
  );
}

/** Writes the metrics of an evaluation as `evaluation.json`, and the scores of each image as `scores.csv`. */
export async function writeEvaluation(evaluation: Evaluation, out: OutputFolder): Promise<void> {
  await keepAll(evaluationFiles(evaluation, out), () => `All others are in ${out.path}.`);
}

function evaluationFiles(evaluation: Evaluation, out: OutputFolder) {
  const { ids, labels, yTrue, yScore, thresholds } = evaluation;
  return {
    'evaluation.json': () => out.write('evaluation.json', `${JSON.stringify(evaluation, null, 2)}\n`),
    'scores.csv': () =>
      out.write('scores.csv', predictionsCsv({ ids, labels, yTrue, probabilities: yScore, thresholds })),
  };
}

async function writeRunReport(results: RunResults, path: string): Promise<void> {
  const { model, run, evaluation, test, distribution, subtitle, facts } = results;
  const { title = `${model.labels.length} labels, ${model.backboneName}` } = results;
  await openOutputFolder(dirname(path));
  await writeReport(
    {
      title,
      run,
      evaluation,
      test,
      distribution,
      ...(subtitle !== undefined && { subtitle }),
      ...(facts && { facts }),
      ...(evaluation && { sections: [await testImagesSection(results, evaluation)] }),
    },
    path,
  );
}

async function testImagesSection(results: RunResults, evaluation: Evaluation) {
  const items = await gridItems(results, evaluation, REPORT_IMAGES);
  return {
    heading: 'Test images',
    note: 'The file, what the network saw, and the labels.',
    svg: predictionGrid(items, { title: '' }),
    narrowSvg: predictionGrid(items, { title: '', columns: 1 }),
  };
}

function gridItems({ test, model }: RunResults, evaluation: Evaluation, count: number) {
  const rows = Array.from({ length: Math.min(count, test.length) }, (_, row) => row);
  return predictionItems(test, evaluation, model.inputSize, rows);
}
