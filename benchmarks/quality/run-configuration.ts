import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  backbone,
  type Classifier,
  classifier,
  ensemble,
  extractFeatures,
  faceResnet,
  fineTune,
  load,
  type PredictOptions,
  progress,
} from '../../packages/core/src/index';
import { type ImageDataset, mixImages } from '../../packages/datasets/src/index';
import { averagePrecisionScore, labelStatistics, rocAucScore } from '../../packages/metrics/src/index';
import { type Configuration, configurations, type Merged, type Training } from './configurations';
import { logisticRegression } from './logistic-regression';

/** The results of one run on identities that weren't trained on. */
export interface RunResult {
  readonly seed: number;
  readonly images?: number;
  readonly macroAuc: number;
  readonly meanAveragePrecision: number;
  /** The share of right labels at probability ½. */
  readonly accuracy?: number;
  readonly seconds: number;
  /** The number of the model's weights. */
  readonly parameters?: number;
  /** Macro AUC on the validation part after the best epoch, by which choices are made. */
  readonly validationAuc?: number;
}

/** The folder in which runs and their models are stored, so that a run that is cut short can continue. */
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'thaw', 'quality');

/** The time is up. The next call continues. */
export class PausedError extends Error {}

/** Runs one configuration with one seed, which also draws the split by identity, and scores the test part. */
export async function runConfiguration(
  faces: ImageDataset,
  configuration: Configuration,
  seed: number,
  signal: AbortSignal,
): Promise<RunResult> {
  const { train, validation, test } = faces.split({ by: 'identity', seed });
  const folder = folderOf(configuration, seed);
  if ('merged' in configuration) return mergedRun(configuration, { train, validation, test }, seed);
  if ('baseRates' in configuration) {
    const shape = [train.length, train.labels.length] as const;
    const rates = labelStatistics({ data: train.y, shape }).perLabel.map(({ share }) => share);
    const data = Float32Array.from(test.y, (_, i) => rates[i % rates.length]);
    return { seed, images: train.length, ...scored(data, test), seconds: 0 };
  }
  const training = 'featuresOf' in configuration ? rowOf(configuration.featuresOf) : configuration;
  const { augment, mix, refitted } = training;
  const known = refitted ? train.concat(validation) : train;
  const { images = known.length } = training;
  const few = known.select(first(images, known.length));
  const varied = augment ? few.augment(augment) : few;
  const some = validation.select(first(Math.round(images / 4), validation.length));
  const model = await madeModel(training, train.labels, seed);
  try {
    if ('featuresOf' in configuration) {
      const features = [await extractFeatures(model, few), await extractFeatures(model, test)];
      const { data, seconds } = logisticRegression(features, [few.y, test.y], train.labels.length);
      return { seed, images: few.length, ...scored(data, test), seconds };
    }
    const run = await fineTune(model, {
      ...training.fineTune,
      train: mix ? mixImages(varied, mix) : varied,
      ...(!refitted && { validation: some }),
      seed,
      out: folder,
      resume: true,
      signal,
      callbacks: [progress({ log: console.error, everyMs: 60_000 })],
    });
    if (run.interrupted) throw new PausedError(configuration.name);
    const { data } = await model.predict(test, { precision: 'auto' });
    const seconds = Object.values(run.seconds).reduce((sum, value) => sum + value, 0);
    return {
      seed,
      images: few.length,
      ...scored(data, test),
      seconds,
      parameters: model.model.countParams(),
      ...(!refitted && {
        validationAuc: Math.max(...run.history.map((row) => Number(row.val_auc ?? Number.NaN))),
      }),
    };
  } finally {
    model.dispose();
    tf.disposeVariables();
  }
}

interface Parts {
  readonly train: ImageDataset;
  readonly validation: ImageDataset;
  readonly test: ImageDataset;
}

/**
 * Loads and merges the models of other rows, tunes the result on the validation part unless a member was trained on it, and
 * scores it after saving and loading.
 */
async function mergedRun(
  { merged, weights, flip, ...configuration }: Merged,
  { train, validation, test }: Parts,
  seed: number,
): Promise<RunResult> {
  const folder = folderOf({ merged, ...(weights && { weights }), flip, ...configuration }, seed);
  const options: PredictOptions = { precision: 'auto', ...(flip && { augment: 'flip' }) };
  const members: Classifier[] = [];
  for (const name of merged) members.push(await load(join(folderOf(rowOf(name), seed), 'model')));
  const one = members.length === 1 ? members[0] : ensemble(members, weights && { weights }).merged();
  const isHeldOut = merged.every((name) => !rowOf(name).refitted);
  if (isHeldOut) await one.tune(validation, options);
  await one.save(folder);
  const loaded = await load(folder);
  const known = isHeldOut ? await loaded.predict(validation, options) : undefined;
  const found = await loaded.predict(test, options);
  const parameters = loaded.model.countParams();
  for (const model of new Set([...members, one, loaded])) model.dispose();
  return {
    seed,
    images: isHeldOut ? train.length : train.length + validation.length,
    ...scored(found.data, test),
    seconds: 0,
    parameters,
    ...(known && { validationAuc: scored(known.data, validation).macroAuc }),
  };
}

async function madeModel({ networks, size, ...training }: Training, labels: readonly string[], seed: number) {
  const opened: Backbone[] = [];
  for (const name of networks) {
    opened.push(
      name === 'face' ? await faceResnet({ inputSize: size }) : await backbone(name, { inputSize: size }),
    );
  }
  const options = { ...training.classifier, labels, seed };
  return opened.length === 1 ? classifier(opened[0], options) : (classifier(opened, options) as Classifier);
}

function scored(data: Float32Array, test: ImageDataset) {
  const scores = { data, shape: [test.length, test.labels.length] as const };
  const among = { average: 'macro', undefined: 'skip' } as const;
  const right = data.reduce((sum, score, i) => sum + Number(score >= 0.5 === (test.y[i] === 1)), 0);
  return {
    macroAuc: rocAucScore(test.y, scores, among),
    meanAveragePrecision: averagePrecisionScore(test.y, scores, among),
    accuracy: right / data.length,
  };
}

function first(count: number, length: number): number[] {
  return Array.from({ length: Math.min(count, length) }, (_, row) => row);
}

function rowOf(name: string): Training {
  const found = configurations.find((configuration) => configuration.name === name);
  if (!found || !('networks' in found))
    throw new Error(`bench quality: expected a trained row; received "${name}".`);
  return found;
}

/** The folder of a row. It depends on all options of the row, except the row that it is compared with. */
function folderOf(configuration: Configuration, seed: number): string {
  const { name, against: _, ...told } = { against: undefined, ...configuration };
  const hash = createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 8);
  return join(CACHE, `${name.replace(/\W+/g, '-')}-${seed}-${hash}`);
}
