import { Command, Option } from 'commander';
import { modelOption } from '../runs/model-folder';
import { path, share, whole } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';
import { backendOption, type ComputeFlags, precisionOption } from './run-options';
import { type Shard, shardOption } from './shard-option';

/** The flags of `thaw predict`. */
export interface PredictFlags extends ComputeFlags {
  readonly model: string;
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly topK?: number;
  readonly threshold?: number;
  readonly flip?: boolean;
  readonly onProblem: 'error' | 'skip';
  readonly shard?: Shard;
  readonly out?: string;
}

const MORE = `
Examples:
  one line per image:
  $ thaw predict new/*.jpg --model runs/1
  a table with one row per image and one column per label:
  $ thaw predict new/ --model runs/1 --csv --out new.csv
  one line of JSON per image:
  $ thaw predict new/ --model runs/1 --json | jq .
  one part of 64, for thaw merge scores/ to join:
  $ thaw predict new/ --model runs/1 --shard 3/64 --out scores/`;

/** `thaw predict`: the labels of new images. */
export function predictCommand(terminal: Terminal): Command {
  return new Command('predict')
    .summary('label new images')
    .description('Predicts the labels of images, with a probability per label.')
    .argument('<images...>', 'image files, and folders of them')
    .addOption(modelOption())
    .addOption(new Option('--csv', 'a table of probabilities').conflicts('json'))
    .option('--json', 'one line of JSON per image')
    .option('--top-k <n>', 'the n most probable labels of each image', whole)
    .option(
      '--threshold <share>',
      "the probability from which a label counts (default: the model's, per label)",
      share,
    )
    .option('--flip', 'average each image with its mirror image')
    .addOption(
      new Option('--on-problem <what>', 'images that cannot be read: an error, or left out and named')
        .choices(['error', 'skip'])
        .default('error'),
    )
    .addOption(shardOption())
    .option('--batch-size <n>', 'images a step', whole)
    .option(
      '--out <file>',
      'write to a file, whole or not at all; with --shard also a folder, for thaw merge to join',
      path,
    )
    .addOption(precisionOption())
    .addOption(backendOption())
    .addHelpText('after', MORE)
    .action(async (images: string[], flags: PredictFlags) => {
      const { predictFiles } = await import('../runs/predict-files');
      await predictFiles(images, flags, terminal);
    });
}
