import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { openStore } from '../../packages/core/src/files/open-store';
import {
  type Classifier,
  classifier,
  exportKeras,
  exportOnnx,
  exportSavedModel,
  extractFeatures,
  fineTune,
  load,
  saveBackbone,
  search,
} from '../../packages/core/src/index';
import { readState } from '../../packages/core/src/training/state/state-file';
import { download } from '../../packages/core/src/weights/download';
import { LABELS, tinyBackbone, tinyImages } from '../../packages/core/test/tiny';
import {
  historyChart,
  historyCsv,
  openOutputFolder,
  svgToPng,
  writeReport,
} from '../../packages/report/src/index';
import { commandWriters } from './command-writers';

/** A function that writes files, in two versions. */
export interface Writer {
  /** The name of the row in the table, and of the folder that it writes into. */
  readonly name: string;
  write(folder: string, version: 0 | 1): Promise<unknown>;
  /** The file that exists if any does; the others belong to it. Without a main file, each file stands for itself. */
  readonly main?: string;
  /** Whether files may be missing beside the main file. */
  readonly mayMiss?: boolean;
  /**
   * The version of a file's content, if files of one version differ, for example by a date. @throws for damaged content
   */
  readonly versionOf?: (content: Uint8Array) => Promise<string>;
  /** Whether the files are a cache: they are checked at each use, and made again if they are missing or damaged. */
  readonly isCache?: boolean;
  /** Replaces the comparison if the files contain times: whether there is anything. @throws if it can't be read */
  readonly check?: (folder: string) => Promise<boolean>;
}

/** Groups of writers that one process runs one after the other, repeatedly. */
export type WriterKind = 'models' | 'results' | 'features' | 'download' | 'run' | 'commands';

/** Prepares the writers of a kind. @param url the URL of a server that has `payload` */
export const WRITERS: Readonly<Record<WriterKind, (url: string) => readonly Writer[]>> = {
  models,
  results,
  features: () => [
    {
      name: 'featureCache',
      isCache: true,
      write: (folder, version) => trainWith(folder, version),
    },
    { name: 'extractFeatures with out', write: extractShard },
  ],
  run: runs,
  commands: commandWriters,
  download: (url) => [
    {
      name: 'download',
      isCache: true,
      write: (folder, version) => {
        const file = `weights-${version}.bin`;
        const sha256 = createHash('sha256').update(payload(version)).digest('hex');
        return download(`${url}/${file}`, { sha256 }, { cacheDir: folder });
      },
    },
  ],
};

/** The folder of a run, which is resumed if it was interrupted, and that of a search. */
function runs(): readonly Writer[] {
  const options = { train: tinyImages(16, 1), validation: tinyImages(16, 2) };
  const recipe = {
    head: { epochs: 2, learningRate: 1e-3 },
    thaw: { epochs: 1, learningRate: 1e-4 },
    batchSize: 8,
  };
  const made = () => classifier(tinyBackbone(), { labels: LABELS, seed: 1 });
  return [
    {
      name: 'fineTune with out',
      async write(folder, version) {
        const model = made();
        await fineTune(model, { ...options, ...recipe, out: join(folder, `run-${version}`), resume: true });
        model.dispose();
      },
      check: (folder) => checkRun(folder, ['run-0', 'run-1']),
    },
    {
      name: 'search',
      write: (folder, version) =>
        search({
          ...options,
          model: made,
          recipes: [recipe, { ...recipe, seed: 1 }],
          monitor: 'val_loss',
          out: join(folder, `search-${version}`),
        }),
      async check(folder) {
        const outs = ['search-0', 'search-1'];
        for (const out of outs) readJson(join(folder, out, 'search.json'));
        const trials = outs.flatMap((out) => ['trial-001', 'trial-002'].map((trial) => join(out, trial)));
        return checkRun(folder, trials);
      },
    },
  ];
}

/** Checks that everything in the folders of runs can be read. @throws if not */
async function checkRun(folder: string, outs: readonly string[]): Promise<boolean> {
  let isThere = false;
  for (const out of outs.map((name) => join(folder, name))) {
    isThere ||= readJson(join(out, 'recipe.json'));
    readJson(join(out, 'history.json'));
    const csv = join(out, 'history.csv');
    if (existsSync(csv) && !readFileSync(csv, 'utf8').endsWith('\n')) throw new Error(`${csv} is cut`);
    await readState(openStore(join(out, 'checkpoint'))!);
    for (const name of ['checkpoint', 'model']) {
      if (existsSync(join(out, name, 'model.json'))) (await load(join(out, name))).dispose();
    }
  }
  return isThere;
}

function readJson(path: string): boolean {
  if (!existsSync(path)) return false;
  JSON.parse(readFileSync(path, 'utf8'));
  return true;
}

/** The bytes that the server sends as `weights-0.bin` and `weights-1.bin`. */
export function payload(version: number): Uint8Array {
  return Uint8Array.from({ length: 200_000 }, (_, i) => (i * (version + 3)) % 251);
}

function models(): readonly Writer[] {
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
      main: join('export', 'saved_model.pb'),
      mayMiss: true,
      write: (folder, version) => exportSavedModel(versions[version], join(folder, 'export')),
    },
  ];
}

function results(): readonly Writer[] {
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

/** Writes a shard of features. Each version has a folder of its own, as a shard of another job is refused. */
async function extractShard(folder: string, version: number): Promise<void> {
  const model = classifier(tinyBackbone(), { labels: LABELS, seed: 1 });
  const images = { ...tinyImages(16, version + 1), fingerprint: `version ${version}` };
  try {
    const out = join(folder, `features-${version}`);
    await extractFeatures(model, images, { shard: { index: 0, count: 1 }, out });
  } finally {
    model.dispose();
  }
}

/** Runs a phase that keeps its features in the folder. */
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
