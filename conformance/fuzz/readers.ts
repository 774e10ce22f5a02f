import { celebaReaders } from './celeba-readers';
import { cliReaders } from './cli-readers';
import { coreReaders } from './core-readers';
import { folderReaders } from './folder-readers';
import { imageReaders } from './image-readers';
import { labelFileReaders } from './label-file-readers';
import { metricsReaders } from './metrics-readers';
import type { Reader } from './reader';
import { reportReaders } from './report-readers';
import { runReaders } from './run-readers';
import { serveReaders } from './serve-readers';
import { shardReaders } from './shard-readers';

/** The readers of all packages. A new reader is one entry here. */
export const readers: readonly Reader[] = [
  ...coreReaders,
  ...runReaders,
  ...metricsReaders,
  ...reportReaders,
  ...labelFileReaders,
  ...folderReaders,
  ...imageReaders,
  ...celebaReaders,
  ...cliReaders,
  ...shardReaders,
  ...serveReaders,
];
