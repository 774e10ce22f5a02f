import { join } from 'node:path';
import { openStore } from '../../packages/core/src/files/open-store';
import { classifier, type SearchResult, search } from '../../packages/core/src/index';
import { readState, writeState } from '../../packages/core/src/training/state/state-file';
import type { TrainingState } from '../../packages/core/src/training/state/training-state';
import { LABELS, tinyBackbone, tinyImages } from '../../packages/core/test/tiny';
import { digestOf } from './digest-of';
import type { Reader } from './reader';

const STATE: TrainingState = {
  fingerprint: { model: 'a', data: 'b' } as unknown as TrainingState['fingerprint'],
  phase: 'head',
  epoch: 1,
  history: [{ phase: 'head', epoch: 0, loss: Number.NaN, seconds: 1 } as TrainingState['history'][number]],
  seconds: { head: 1 },
  rateFactor: 1,
  stopped: false,
  tally: { steps: 0, images: 0, sum: 0 },
  callbacks: [null, { notes: [] }],
  arrays: {
    'weights/a': { shape: [3], data: Float32Array.of(1, 2, 3) },
    'callbacks/1/x': { shape: [2], data: Uint8Array.of(1, 0) },
  },
};

/** Readers of files that training runs write. */
export const runReaders: readonly Reader[] = [
  {
    name: 'core training state',
    checked: /./,
    sample: (folder) => writeState(openStore(folder)!, STATE),
    async read(folder) {
      const state = await readState(openStore(folder)!);
      const { arrays, ...rest } = state ?? { arrays: {} };
      return digestOf(
        JSON.stringify(rest),
        ...Object.entries(arrays).flatMap(([name, { data }]) => [name, data]),
      );
    },
  },
  {
    name: 'core search folder',
    share: 0.2,
    changed: /json$/,
    async sample(folder) {
      await searched(folder);
    },
    read: async (folder) => textOf(await searched(folder)),
  },
];

function searched(folder: string): Promise<SearchResult> {
  return search({
    model: () => classifier(tinyBackbone(), { labels: LABELS }),
    train: tinyImages(8),
    validation: tinyImages(8, 2),
    monitor: 'val_loss',
    recipes: (draw) => ({
      head: { epochs: 1, learningRate: draw.number('rate', 1e-3, 1e-2) },
      thaw: false,
      batchSize: 8,
    }),
    trials: 2,
    out: join(folder, 'search'),
  });
}

function textOf({ trials, ...rest }: SearchResult): string {
  return JSON.stringify([rest, trials.map(({ seconds, ...trial }) => trial)]);
}
