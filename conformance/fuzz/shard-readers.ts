import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mergeShards } from '../../packages/cli/src/scores/merge-shards';
import { readScores } from '../../packages/cli/src/scores/read-scores';
import type { ScoreRow } from '../../packages/cli/src/scores/score-shard';
import { classifier, extractFeatures, loadFeatures } from '../../packages/core/src/index';
import { LABELS, tinyBackbone, tinyImages } from '../../packages/core/test/tiny';
import { writeScoreShards } from '../write-score-shards';
import { digestOf } from './digest-of';
import type { Reader } from './reader';

const SCORES = new URL('../../packages/cli/test/fixtures/scores-0.parquet', import.meta.url);
const COUNT = 3;
const IMAGES = 10;
const JOB = { job: 'a'.repeat(64), labels: LABELS, thresholds: [0.5, 0.4], images: IMAGES };

/** Readers of files that sharded jobs write. */
export const shardReaders: readonly Reader[] = [
  {
    name: 'cli merge',
    async sample(folder) {
      const rows = Array.from(
        { length: IMAGES },
        (_, row): ScoreRow => ({
          row,
          id: `${row}.png`,
          scores: [row / 10, 0.5],
          y: [row % 2 ? 1 : 0, row === 3 ? null : 1],
        }),
      );
      await writeScoreShards(folder, JOB, COUNT, rows);
    },
    async read(folder) {
      const { rows, skipped, accumulators } = await mergeShards([folder]);
      return JSON.stringify([rows, skipped, accumulators]);
    },
  },
  {
    name: 'cli scores.parquet',
    sample: (folder) => cp(SCORES, join(folder, 'scores.parquet')),
    async read(folder) {
      const scores = await readScores([join(folder, 'scores.parquet')], ['Red', 'Bright']);
      return JSON.stringify([...scores]);
    },
  },
  {
    name: 'core loadFeatures',
    async sample(folder) {
      const model = classifier(tinyBackbone(), { labels: LABELS });
      await mkdir(join(folder, 'features'));
      const images = { ...tinyImages(6), fingerprint: 'six' };
      await extractFeatures(model, images, { shard: { index: 0, count: 1 }, out: join(folder, 'features') });
      model.dispose();
    },
    async read(folder) {
      const { ids, data, shape } = await loadFeatures(join(folder, 'features'));
      return digestOf(JSON.stringify([ids, shape]), data);
    },
  },
];
