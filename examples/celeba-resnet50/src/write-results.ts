import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Classifier } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import {
  type ClassDistribution,
  classDistributionChart,
  historyChart,
  historyCsv,
  htmlReport,
  perClassTable,
  predictionGrid,
  predictionsCsv,
  svgToPng,
} from '@thawjs/report';
import type { Evaluation } from './evaluation';
import type { Faces } from './open-faces';
import { predictionItems } from './prediction-items';

export interface Results {
  readonly out: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly faces: Faces;
  readonly train: ImageDataset;
  readonly test: ImageDataset;
  readonly model: Classifier;
  readonly evaluation: Evaluation;
}

const GRID_FACES = 8;

/** Writes all files of a run; returns the report's path. */
export async function writeResults(results: Results): Promise<string> {
  const { out, facts, faces, train, test, model, evaluation } = results;
  const { history, probabilities, report, macroAuc, seconds, interrupted } = evaluation;
  await mkdir(out, { recursive: true });
  const write = (name: string, content: string | Uint8Array) => writeFile(join(out, name), content);
  const drawn = { distribution: distributionOf(faces, train), rows: firstRows(test) };
  const items = await predictionItems(test, probabilities, model.thresholds, model.inputSize, drawn.rows);
  const pictures = (title?: string) => ({
    history: history.length > 0 ? historyChart(history, { title }) : undefined,
    distribution: classDistributionChart(drawn.distribution, { title }),
    predictions: predictionGrid(items, { title }),
  });
  await model.save(join(out, 'model'));
  await write('history.csv', historyCsv(history));
  const table = { ids: test.ids, labels: test.labels, yTrue: test.y, probabilities };
  await write('predictions.csv', predictionsCsv({ ...table, thresholds: model.thresholds }));
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
  await write('metrics.json', `${JSON.stringify(numbers, undefinedAsNull, 2)}\n`);
  for (const [name, svg] of Object.entries(pictures())) if (svg) await write(`${name}.png`, svgToPng(svg));
  const bare = pictures('');
  const html = htmlReport({
    title: 'CelebA attributes by transfer learning',
    subtitle: faces.note,
    facts,
    sections: [
      ...(bare.history ? [{ heading: 'Training history', svg: bare.history }] : []),
      {
        heading: 'Test metrics by class',
        note: 'Green from .8, blue from .5, else red; a dash where a number is undefined in this test set.',
        html: perClassTable(report),
      },
      {
        heading: 'Test faces',
        note: 'The file, what the network saw, and the labels.',
        svg: bare.predictions,
      },
      { heading: 'Class distribution', svg: bare.distribution },
    ],
  });
  await write('report.html', html);
  return join(out, 'report.html');
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
