import { coreReaders } from './core-readers';
import { datasetReaders } from './dataset-readers';
import { metricsReaders } from './metrics-readers';
import type { Reader } from './reader';
import { reportReaders } from './report-readers';

/** Every reader of every package: a new one is one entry here. */
export const readers: readonly Reader[] = [
  ...coreReaders,
  ...metricsReaders,
  ...reportReaders,
  ...datasetReaders,
];
