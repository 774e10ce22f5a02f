import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  type Classifier,
  classifier,
  exportKeras,
  exportOnnx,
  exportSavedModel,
  fineTune,
  load,
  saveBackbone,
} from '../../packages/core/src/index';
import { download } from '../../packages/core/src/weights/download';
import { LABELS, tinyBackbone, tinyImages } from '../../packages/core/test/tiny';
import {
  historyChart,
  historyCsv,
  openOutputFolder,
  svgToPng,
  writeReport,
} from '../../packages/report/src/index';

/** Something that is written, in two versions. */
export interface KillOperation {
  /** Of the row in the table, and of the folder that it writes into. */
  readonly name: string;
  write(folder: string, version: 0 | 1): Promise<unknown>;
  /** The file that is there if anything is. The others belong to it. Without one, each file stands for itself. */
  readonly main?: string;
  /** Whether files may be missing beside the main file. */
  readonly mayMiss?: boolean;
  /** What tells the version of a file's content, if files of one version differ, as by a date. @throws for damaged content */
  readonly versionOf?: (content: Uint8Array) => Promise<string>;
}

/** Operations that one process runs one after the other, again and again. */
export type KillKind = 'models' | 'results' | 'features' | 'download';

/** Prepares the operations of a kind. @param url of a server that has `payload` */
export const KILL_KINDS: Readonly<Record<KillKind, (url: string) => readonly KillOperation[]>> = {
  models,
  results,
  features: () => [
    {
      name: 'featureCache',
      write: (folder, version) => trainWith(folder, version),
    },
  ],
  download: (url) => [
    {
      name: 'download',
      write: (folder, version) => {
        const file = `weights-${version}.bin`;
        const sha256 = createHash('sha256').update(payload(version)).digest('hex');
        return download(`${url}/${file}`, { sha256 }, { cacheDir: folder });
      },
    },
  ],
};

/** What the server sends as `weights-0.bin` and `weights-1.bin`. */
export function payload(version: number): Uint8Array {
  return Uint8Array.from({ length: 200_000 }, (_, i) => (i * (version + 3)) % 251);
}

function models(): readonly KillOperation[] {
  const versions = [0, 1].map((version): Classifier => {
    const model = classifier(tinyBackbone(), {
      labels: LABELS.map((label) => `${label} ${version}`),
      seed: 1,
    });
    model.model.getLayer('predictions').weights[1].write(tf.fill([2], version));
    return model;
  });
  const main = 'model.json';
  return [
    { name: 'save', main, write: (folder, version) => versions[version].save(folder) },
    {
      name: 'save as int8',
      main,
      write: (folder, version) => versions[version].save(folder, { weights: 'int8' }),
    },
    {
      name: 'saveBackbone',
      main,
      write: (folder, version) => saveBackbone({ name: 'tiny', model: versions[version].model }, folder),
    },
    {
      name: 'exportKeras',
      write: (folder, version) => exportKeras(versions[version], join(folder, 'a.keras')),
      async versionOf(content) {
        const model = await load(new Uint8Array(content));
        model.dispose();
        return model.labels.join();
      },
    },
    { name: 'exportOnnx', write: (folder, version) => exportOnnx(versions[version], join(folder, 'a.onnx')) },
    {
      name: 'exportSavedModel',
      main: 'saved_model.pb',
      mayMiss: true,
      write: (folder, version) => exportSavedModel(versions[version], folder),
    },
  ];
}

function results(): readonly KillOperation[] {
  const rows = (version: number) =>
    [0, 1, 2].map((epoch) => ({ phase: 'head', epoch, loss: 1 / (epoch + 1 + version), val_loss: 1 }));
  return [
    {
      name: 'writeReport',
      write: (folder, version) =>
        writeReport(
          { run: { history: rows(version), notes: [`version ${version}`] }, date: new Date(0) },
          join(folder, 'report.html'),
        ),
    },
    {
      name: 'tables and pictures',
      async write(folder, version) {
        const out = await openOutputFolder(folder);
        await out.write('history.csv', historyCsv(rows(version)));
        await out.write('history.png', svgToPng(historyChart(rows(version)), { scale: 0.5 }));
      },
    },
  ];
}

/** A phase that keeps its features in the folder. */
async function trainWith(folder: string, version: number): Promise<void> {
  const model = classifier(tinyBackbone(), { labels: LABELS, seed: 1 });
  await fineTune(model, {
    train: { ...tinyImages(64, version + 1), fingerprint: `version ${version}` },
    head: { epochs: 1, learningRate: 1e-3 },
    thaw: false,
    featureCache: { folder },
  });
  model.dispose();
}
