import { csvTable, openOutputFolder } from '@thawjs/report';
import { writeEvaluation } from '../runs/write-results';
import type { Terminal } from '../terminal/terminal';
import { accumulatorsText } from './accumulator-shard';
import { type MergedScores, mergeShards } from './merge-shards';
import { scoredEvaluation } from './scored-evaluation';

/** Joins shards, and writes the result: a table of probabilities and, if the shards have labels, all metrics. */
export async function writeMerged(places: readonly string[], out: string, terminal: Terminal): Promise<void> {
  const merged = await mergeShards(places);
  const folder = await openOutputFolder(out);
  const { job, rows, skipped, accumulators } = merged;
  if (skipped.length > 0)
    terminal.note(`${skipped.length} images could not be read, the first ${skipped[0]}`);
  if (!accumulators) {
    const table = [
      ['image_id', ...job.labels],
      ...rows.map(({ id, scores }) => [id, ...scores.map(Math.fround)]),
    ];
    terminal.print(await folder.write('scores.csv', csvTable(table)));
    return;
  }
  const evaluation = scoredEvaluation(labelled(merged), { threshold: job.thresholds });
  await writeEvaluation(evaluation, folder);
  await folder.write('accumulators.json', accumulatorsText({ job }, accumulators));
  terminal.print(String(evaluation));
}

function labelled({ job, rows }: MergedScores) {
  const { labels } = job;
  const y = rows.flatMap((row) => row.y!);
  return {
    ids: rows.map(({ id }) => id),
    labels,
    y: Uint8Array.from(y, (value) => value ?? 0),
    known: y.includes(null) ? Uint8Array.from(y, (value) => Number(value !== null)) : undefined,
    scores: Float32Array.from(rows.flatMap((row) => row.scores)),
  };
}
