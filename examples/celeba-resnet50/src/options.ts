import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addNetworkOptions, type NetworkFlags, path, whole } from 'thaw/steps';

/** The options of the command line. */
export interface ExampleOptions extends NetworkFlags {
  /** CelebA's folder or zip; without it, synthetic faces. */
  readonly data?: string;
  readonly limit?: number;
  /** The epochs of the head phase and of fine-tuning. */
  readonly epochs?: readonly [head: number, thaw: number];
  readonly out: string;
  readonly resume?: boolean;
  readonly preset: 'default' | 'seed';
}

/**
 * Reads the command line: the flags of `thaw train` about the network, and a few of the example's own.
 *
 * @throws CommanderError if the command line is wrong or asks for help; commander has printed its message by then
 */
export function readOptions(argv: readonly string[]): ExampleOptions {
  const command = new Command('example')
    .description('Multilabel transfer learning on faces: train a head, fine-tune, evaluate, write a report.')
    .option(
      '--data <path>',
      "CelebA's folder or img_align_celeba.zip (default: synthetic faces, drawn here)",
      path,
    )
    .option('--limit <n>', 'take n of the images, at random', whole)
    .option('--epochs <head,thaw>', 'epochs of the two phases, as 8,20; 0 leaves a phase out', epochs)
    .addOption(
      new Option(
        '--preset <name>',
        "seed: the original case's recipe (ResNet50, 224, 3,900 balanced, 8 + 20 epochs)",
      )
        .choices(['default', 'seed'])
        .default('default'),
    )
    .option('--out <folder>', "where the run's folder is", path, OUT)
    .option('--resume', 'go on with the run there, instead of a new one')
    .allowExcessArguments(false)
    .exitOverride();
  return addNetworkOptions(command, { backbone: 'auto', seed: 1 })
    .parse(
      argv.filter((argument) => argument !== '--'),
      { from: 'user' },
    )
    .opts<ExampleOptions>();
}

const OUT = fileURLToPath(new URL('../runs/celeba-resnet50', import.meta.url));

function epochs(value: string): readonly [number, number] {
  const match = /^(\d+),(\d+)$/.exec(value);
  if (!match || value === '0,0')
    throw new InvalidArgumentError('expected two whole numbers such as 8,20, not both 0.');
  return [Number(match[1]), Number(match[2])];
}
