import { join } from 'node:path';
import type { Classifier, Evaluation, Run } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import {
  type ClassDistribution,
  classDistributionChart,
  historyChart,
  historyCsv,
  type OutputFolder,
  predictionGrid,
  predictionsCsv,
  svgToPng,
  writeReport,
} from '@thawjs/report';
import { keepAll } from './keep-all';
import type { Faces } from './open-faces';
import { predictionItems } from './prediction-items';

export interface Results {
  readonly out: OutputFolder;
  /** Of the model, under way. */
  readonly saving: Promise<void>;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly faces: Faces;
  readonly train: ImageDataset;
  readonly test: ImageDataset;
  readonly model: Classifier;
  readonly evaluation: Evaluation;
  /** On the test set, after each phase that ran; classes without both kinds of label are left out. */
  readonly macroAuc: { readonly head?: number; readonly fineTune?: number };
  readonly run: Run;
  readonly versions: Readonly<Record<string, string>>;
  /** Wall time by part, training's phases among them. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** Faces in the picture, and those of them that are in the report, too. */
const GRID_FACES = 8;
const REPORT_FACES = 4;

/**
 * Writes all files of a run; returns the report's path.
 *
 * @throws ResultsError if some can't be made or written, after all others are.
 */
export async function writeResults(results: Results): Promise<string> {
  const { out, saving, facts, faces, train, test, evaluation, macroAuc, run, seconds } = results;
  const { history, interrupted } = run;
  const { yScore: probabilities, thresholds } = evaluation;
  const numbers = {
    facts,
    interrupted,
    seconds,
    test: {
      images: test.length,
      macroAuc,
      macro: evaluation.macro,
      micro: evaluation.micro,
      perClass: evaluation.perClass,
    },
    undefinedClasses: evaluation.undefinedClasses,
  };
  const distribution = distributionOf(faces, train);
  const report = async () => {
    const items = await gridItems(results, REPORT_FACES);
    const note = 'The file, what the network saw, and the labels.';
    const grids = {
      svg: predictionGrid(items, { title: '' }),
      narrowSvg: predictionGrid(items, { title: '', columns: 1 }),
    };
    return writeReport(
      {
        title: 'CelebA attributes by transfer learning',
        subtitle: faces.note,
        facts,
        run: { ...run, versions: results.versions },
        evaluation,
        test,
        distribution,
        sections: [{ heading: 'Test faces', note, ...grids }],
      },
      join(out.path, 'report.html'),
    );
  };
  const png = (name: string, draw: () => string | Promise<string>) => async () =>
    out.write(`${name}.png`, svgToPng(await draw()));
  await keepAll(
    {
      model: () => saving,
      'history.csv': () => out.write('history.csv', historyCsv(history)),
      'metrics.json': () => out.write('metrics.json', `${JSON.stringify(numbers, undefinedAsNull, 2)}\n`),
      'predictions.csv': () =>
        out.write(
          'predictions.csv',
          predictionsCsv({ ids: test.ids, labels: test.labels, yTrue: test.y, probabilities, thresholds }),
        ),
      ...(history.length > 0 && { 'history.png': png('history', () => historyChart(history)) }),
      'distribution.png': png('distribution', () => classDistributionChart(distribution)),
      'predictions.png': png('predictions', async () => predictionGrid(await gridItems(results, GRID_FACES))),
      'report.html': report,
    },
    (failed) =>
      `All others are in ${out.path}.${failed.includes('model') ? ' Free space and run it again.' : ''}`,
  );
  return join(out.path, 'report.html');
}

function gridItems({ test, model, evaluation }: Results, count: number) {
  const rows = Array.from({ length: Math.min(count, test.length) }, (_, row) => row);
  return predictionItems(test, evaluation, model.inputSize, rows);
}

/** The table that was opened, and the part of it that is trained on. */
function distributionOf({ all, chosen }: Faces, train: ImageDataset): ClassDistribution[] {
  const of = (title: string, set: ImageDataset) => ({
    title,
    labels: set.labels,
    counts: set.positives(),
    total: set.length,
  });
  return [of('All', all), of('Chosen', chosen), of('Trained on', train)];
}

/** JSON has no NaN. */
function undefinedAsNull(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
