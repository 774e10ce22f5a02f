import { resolve } from 'node:path';
import type { BackendName } from '@thawjs/backends';
import { backbones } from '@thawjs/core';
import { Command, InvalidArgumentError, Option } from 'commander';

/** What the command line says. */
export interface ExampleOptions {
  /** CelebA's folder or zip; without it, synthetic faces. */
  readonly data?: string;
  /** `'auto'`, `'face'`, or a name that `backbones()` lists. */
  readonly backbone: string;
  /** `'imagenet'`, a file of any format that `loadWeights` reads, or `'none'` for random weights. */
  readonly weights: string;
  readonly size?: readonly [height: number, width: number];
  readonly limit?: number;
  /** Of the head phase and of fine-tuning. */
  readonly epochs?: readonly [head: number, thaw: number];
  readonly seed: number;
  readonly out: string;
  readonly preset: 'default' | 'seed';
  /** `'auto'`: the fastest that works. */
  readonly backend: 'auto' | BackendName;
}

/** Reads the command line; prints help or what is wrong and ends the process where it must. */
export function readOptions(argv: readonly string[]): ExampleOptions {
  const command = new Command('example')
    .description('Multilabel transfer learning on faces: train a head, fine-tune, evaluate, write a report.')
    .option(
      '--data <path>',
      "CelebA's folder or img_align_celeba.zip (default: synthetic faces, drawn here)",
      path,
    )
    .addOption(
      new Option(
        '--backbone <name>',
        'auto takes EfficientNet-Lite0 where its weights can be had, else the face network',
      )
        .choices(['auto', 'face', ...backbones().map(({ name }) => name)])
        .default('auto'),
    )
    .option(
      '--weights <source>',
      'imagenet, a file (Keras, safetensors, .pth), or none for random ones',
      'imagenet',
    )
    .option('--size <pixels>', 'input size, as 224 or 184x150 (height x width)', size)
    .option('--limit <n>', 'take n of the images, at random', whole)
    .option('--epochs <head,thaw>', 'epochs of the two phases, as 8,20; 0 leaves a phase out', epochs)
    .option('--seed <n>', 'of splits, order, augmentation and dropout', natural, 1)
    .option('--out <folder>', 'where the results go', path, resolve('runs', 'celeba-resnet50'))
    .addOption(
      new Option(
        '--preset <name>',
        "seed: the original case's recipe (ResNet50, 224, 3,900 balanced, 8 + 20 epochs)",
      )
        .choices(['default', 'seed'])
        .default('default'),
    )
    .addOption(
      new Option('--backend <name>', 'auto takes the fastest that works')
        .choices(['auto', 'native', 'wasm', 'cpu'])
        .default('auto'),
    )
    .allowExcessArguments(false);
  return command
    .parse(
      argv.filter((argument) => argument !== '--'),
      { from: 'user' },
    )
    .opts<ExampleOptions>();
}

/** Paths are the user's, from where pnpm was called. */
function path(value: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), value);
}

function natural(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('expected a whole number of 0 or more.');
  return Number(value);
}

function whole(value: string): number {
  const number = natural(value);
  if (number < 1) throw new InvalidArgumentError('expected a whole number of 1 or more.');
  return number;
}

function size(value: string): readonly [number, number] {
  const match = /^(\d+)(?:[x×](\d+))?$/.exec(value);
  if (!match)
    throw new InvalidArgumentError('expected pixels such as 224, or height x width such as 184x150.');
  return [Number(match[1]), Number(match[2] ?? match[1])];
}

function epochs(value: string): readonly [number, number] {
  const match = /^(\d+),(\d+)$/.exec(value);
  if (!match || value === '0,0')
    throw new InvalidArgumentError('expected two whole numbers such as 8,20, not both 0.');
  return [Number(match[1]), Number(match[2])];
}
