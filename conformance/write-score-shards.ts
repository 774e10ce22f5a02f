import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accumulated, accumulatorsText } from '../packages/cli/src/scores/accumulator-shard';
import { type ScoreRow, shardName, shardText } from '../packages/cli/src/scores/score-shard';

/** The values that all shards of one job share. */
export interface ScoreJob {
  readonly job: string;
  readonly labels: readonly string[];
  readonly thresholds: readonly number[];
  readonly images: number;
}

/** Writes the scores and the accumulators of a job's rows, divided into `count` shards as `thaw predict --shard` does. */
export async function writeScoreShards(
  folder: string,
  job: ScoreJob,
  count: number,
  rows: readonly ScoreRow[],
): Promise<void> {
  for (let index = 0; index < count; index++) {
    const shard = { index, count };
    const own = rows.filter(({ row }) => row % count === index);
    const header = {
      ...job,
      format: 'thaw-scores',
      version: 1,
      shard,
      rows: own.length,
      skipped: [],
    } as const;
    await writeFile(join(folder, shardName('scores', shard)), shardText({ header, rows: own }));
    const states = accumulated(job, own);
    await writeFile(join(folder, shardName('accumulators', shard)), accumulatorsText({ job, shard }, states));
  }
}
