import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyChart, htmlReport, svgToPng } from '../../packages/report/src/index';
import { digestOf } from './digest-of';
import type { Reader } from './reader';

const ROWS = [0, 1, 2].map((epoch) => ({
  phase: 'head',
  epoch,
  auc: 0.5 + epoch / 10,
  loss: 1,
  precision: 0.5,
  recall: 0.5,
}));

export const reportReaders: readonly Reader[] = [
  {
    name: 'report svgToPng',
    sample: (folder) => writeFile(join(folder, 'chart.svg'), historyChart(ROWS)),
    read: async (folder) =>
      digestOf(svgToPng(await readFile(join(folder, 'chart.svg'), 'utf8'), { scale: 0.25 })),
  },
  {
    name: 'report htmlReport',
    sample: async (folder) => {
      await writeFile(join(folder, 'chart.svg'), historyChart(ROWS));
      await writeFile(join(folder, 'chart.png'), svgToPng(historyChart(ROWS), { scale: 0.25 }));
    },
    read: async (folder) =>
      digestOf(
        htmlReport({
          title: 'x',
          sections: [
            { heading: 'svg', svg: await readFile(join(folder, 'chart.svg'), 'utf8') },
            { heading: 'png', png: await readFile(join(folder, 'chart.png')) },
          ],
        }),
      ),
  },
];
