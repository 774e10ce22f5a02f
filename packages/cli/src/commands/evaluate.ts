import type { SplitName } from '@thawjs/datasets';
import { Command, Option } from 'commander';
import { addDataOptions, DATA_ARGUMENT, type DataOptions } from '../data/data-options';
import { modelOption } from '../runs/model-folder';
import { PARTS } from '../runs/run-parts';
import { path, share, whole } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';
import { backendOption, type ComputeFlags, jsonOption, precisionOption } from './run-options';
import { type Shard, shardOption } from './shard-option';

/** The flags of `thaw evaluate`. */
export interface EvaluateFlags extends DataOptions, ComputeFlags {
  readonly model: string;
  readonly part: SplitName;
  readonly threshold?: number;
  readonly intervals?: boolean;
  readonly flip?: boolean;
  /** Files of scores that were computed elsewhere. */
  readonly from?: readonly string[];
  readonly shard?: Shard;
  readonly out?: string;
  readonly json?: boolean;
}

const MORE = `
Examples:
  the test part of the run's own data, again:
  $ thaw evaluate --model runs/1
  other data, all of it:
  $ thaw evaluate other/ labels.csv --model runs/1
  scores that were computed elsewhere:
  $ thaw evaluate other/ labels.csv --model runs/1 --from scores/*.parquet
  one part of 64, for thaw merge shards/ to join:
  $ thaw evaluate other/ labels.csv --model runs/1 --shard 3/64 --out shards/`;

/** `thaw evaluate`: the metrics of a model. */
export function evaluateCommand(terminal: Terminal): Command {
  const command = new Command('evaluate')
    .summary('say how good a model is: per class, against the base rate')
    .description(
      'Predicts labelled images and prints how good the predictions are: per class, averaged, and beside what the base ' +
        'rates alone reach.',
    )
    .argument('[data...]', `${DATA_ARGUMENT} (default: the run's own)`)
    .addOption(modelOption())
    .addOption(
      new Option('--part <name>', "of the run's own data")
        .choices([...PARTS])
        .default('test' satisfies SplitName),
    )
    .option(
      '--threshold <share>',
      "the probability from which a label counts (default: the model's, per label)",
      share,
    )
    .option('--intervals', 'confidence intervals')
    .option('--flip', 'average each image with its mirror image')
    .option('--batch-size <n>', 'images a step', whole)
    .addOption(
      new Option('--from <files...>', 'scores that were computed elsewhere: .parquet files, or shards')
        .argParser((file, before?: string[]) => [...(before ?? []), path(file)])
        .conflicts(['shard', 'flip']),
    )
    .addOption(shardOption())
    .option('--out <folder>', 'write evaluation.json and scores.csv there', path)
    .addOption(precisionOption())
    .addOption(backendOption())
    .addOption(jsonOption())
    .addHelpText('after', MORE);
  return addDataOptions(command).action(async (data: string[] | undefined, flags: EvaluateFlags) => {
    const { evaluateModel, evaluateShard } = await import('../runs/evaluate-model');
    const { shard } = flags;
    if (shard) return evaluateShard(data ?? [], { ...flags, shard }, terminal);
    const evaluation = await evaluateModel(data ?? [], flags, terminal);
    terminal.print(flags.json ? JSON.stringify(evaluation) : String(evaluation));
  });
}
