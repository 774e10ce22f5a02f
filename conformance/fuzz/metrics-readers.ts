import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CalibrationAccumulator,
  ConfusionCountsAccumulator,
  KerasAucAccumulator,
  RocAucAccumulator,
} from '../../packages/metrics/src/index';
import type { Reader } from './reader';

const Y_TRUE = [
  [1, 0],
  [0, 1],
  [1, 1],
  [0, 0],
];
const Y_SCORE = [
  [0.9, 0.2],
  [0.3, 0.7],
  [0.6, 0.8],
  [0.1, 0.4],
];

interface Kind {
  new (
    options?: object,
  ): { update(yTrue: number[][], yScore: number[][]): { result(): unknown }; result(): unknown };
  fromJSON(state: never): { result(): unknown };
}

/** Writes an accumulator's state to a file, reads it back, and gives its result. */
function accumulator(Kind: Kind, options: object): Reader {
  return {
    name: `metrics ${Kind.name}`,
    sample: (folder) =>
      writeFile(join(folder, 'state.json'), JSON.stringify(new Kind(options).update(Y_TRUE, Y_SCORE))),
    async read(folder) {
      const text = await readFile(join(folder, 'state.json'), 'utf8');
      let state: unknown;
      try {
        state = JSON.parse(text);
      } catch {
        // Parsing JSON is the caller's task.
        return 'no JSON';
      }
      return JSON.stringify(Kind.fromJSON(state as never).result());
    },
  };
}

export const metricsReaders: readonly Reader[] = [
  accumulator(ConfusionCountsAccumulator as unknown as Kind, { threshold: 0.5 }),
  accumulator(KerasAucAccumulator as unknown as Kind, { multiLabel: true, numThresholds: 5 }),
  accumulator(RocAucAccumulator as unknown as Kind, { average: 'none' }),
  accumulator(CalibrationAccumulator as unknown as Kind, { bins: 3 }),
];
