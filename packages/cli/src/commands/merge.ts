import { Command } from 'commander';
import { path } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';

const MORE = `
Shards can have been run in any order, on any machine, and more than once. A
shard that is missing, of another job, or there twice is refused by its name.

Example:
  $ thaw merge scores/ --out runs/1/all`;

/** `thaw merge`: joins the shards of a job to one result. */
export function mergeCommand(terminal: Terminal): Command {
  return new Command('merge')
    .summary('join the shards of thaw predict --shard or thaw evaluate --shard')
    .description('Joins the shards of a job to one table of scores and, for labelled images, one evaluation.')
    .argument('<shards...>', 'files of shards, and folders of them')
    .requiredOption(
      '--out <folder>',
      'write scores.csv, and for labelled images evaluation.json, there',
      path,
    )
    .addHelpText('after', MORE)
    .action(async (shards: string[], { out }: { out: string }) => {
      const { writeMerged } = await import('../scores/write-merged');
      await writeMerged(shards.map(path), out, terminal);
    });
}
