import { join } from 'node:path';
import type { Classifier } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import {
  type ClassDistribution,
  classDistributionChart,
  historyChart,
  historyCsv,
  htmlReport,
  type OutputFolder,
  perClassTable,
  predictionGrid,
  predictionsCsv,
  svgToPng,
} from '@thawjs/report';
import type { Evaluation } from './evaluation';
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
}

const GRID_FACES = 8;

/**
 * Writes all files of a run; returns the report's path.
 *
 * @throws ResultsError if some can't be made or written, after all others are.
 */
export async function writeResults(results: Results): Promise<string> {
  const { out, saving, facts, faces, train, test, model, evaluation } = results;
  const { history, probabilities, report, macroAuc, seconds, interrupted } = evaluation;
  const table = { ids: test.ids, labels: test.labels, yTrue: test.y, probabilities };
  const numbers = {
    facts,
    interrupted,
    seconds,
    test: {
      images: test.length,
      macroAuc,
      macro: report.macro,
      micro: report.micro,
      perClass: report.perClass,
    },
    undefinedClasses: report.undefinedClasses,
  };
  const distribution = distributionOf(faces, train);
  const items = () =>
    predictionItems(test, probabilities, model.thresholds, model.inputSize, firstRows(test));
  const picture = {
    history: async (title?: string) => historyChart(history, { title }),
    distribution: async (title?: string) => classDistributionChart(distribution, { title }),
    predictions: async (title?: string) => predictionGrid(await items(), { title }),
  };
  const names = (Object.keys(picture) as (keyof typeof picture)[]).filter(
    (name) => name !== 'history' || history.length > 0,
  );
  const page = async () => {
    const section = async (name: keyof typeof picture, heading: string, note?: string) =>
      names.includes(name) ? [{ heading, note, svg: await picture[name]('') }] : [];
    return htmlReport({
      title: 'CelebA attributes by transfer learning',
      subtitle: faces.note,
      facts,
      sections: [
        ...(await section('history', 'Training history')),
        {
          heading: 'Test metrics by class',
          note: 'Green from .8, blue from .5, else red; a dash where a number is undefined in this test set.',
          html: perClassTable(report),
        },
        ...(await section('predictions', 'Test faces', 'The file, what the network saw, and the labels.')),
        ...(await section('distribution', 'Class distribution')),
      ],
    });
  };
  await keepAll(
    {
      model: () => saving,
      'history.csv': () => out.write('history.csv', historyCsv(history)),
      'metrics.json': () => out.write('metrics.json', `${JSON.stringify(numbers, undefinedAsNull, 2)}\n`),
      'predictions.csv': () =>
        out.write('predictions.csv', predictionsCsv({ ...table, thresholds: model.thresholds })),
      ...Object.fromEntries(
        names.map((name) => [
          `${name}.png`,
          async () => out.write(`${name}.png`, svgToPng(await picture[name]())),
        ]),
      ),
      'report.html': async () => out.write('report.html', await page()),
    },
    (failed) =>
      `All others are in ${out.path}.${failed.includes('model') ? ' Free space and run it again.' : ''}`,
  );
  return join(out.path, 'report.html');
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

function firstRows({ length }: ImageDataset): number[] {
  return Array.from({ length: Math.min(GRID_FACES, length) }, (_, row) => row);
}

/** JSON has no NaN. */
function undefinedAsNull(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
