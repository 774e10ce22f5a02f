import type { Command } from 'commander';
import { addDataOptions, type DataOptions } from '../data/data-options';
import { fractions, natural, size, whole } from '../terminal/parse-value';
import { backendOption, type ComputeFlags, precisionOption } from './run-options';

/** Flags for the network, the split and the machine of a training. */
export interface NetworkFlags extends ComputeFlags {
  /** A name that `backbones()` lists, or `'face'`. */
  readonly backbone: string;
  /** `'imagenet'`, `'none'`, or a file that `loadWeights` reads. */
  readonly weights: string;
  readonly size?: readonly [height: number, width: number];
  readonly by?: string;
  readonly fractions?: { readonly train: number; readonly validation: number; readonly test: number };
  readonly augment: boolean;
  readonly seed: number;
}

/** The flags of every command that trains. */
export interface TrainingFlags extends DataOptions, NetworkFlags {}

/** Adds the options of {@link TrainingFlags} to a command. */
export function addTrainingOptions(command: Command): Command {
  return addDataOptions(addNetworkOptions(command));
}

/** Adds the options of {@link NetworkFlags} to a command. Given defaults replace the usual ones. */
export function addNetworkOptions(
  command: Command,
  { backbone = 'efficientnet_lite0', seed = 0 }: Partial<Pick<NetworkFlags, 'backbone' | 'seed'>> = {},
): Command {
  return command
    .optionsGroup('Network:')
    .option('--backbone <name>', 'the pretrained network: a name of `thaw backbones`, or face', backbone)
    .option(
      '--weights <source>',
      'imagenet, a file (Keras, safetensors, .pth), or none for random ones',
      'imagenet',
    )
    .option(
      '--size <pixels>',
      'input size, as 224 or 184x150 (height x width; default: of the network)',
      size,
    )
    .option('--no-augment', 'train on the images as they are')
    .optionsGroup('Split and machine:')
    .option('--by <way>', 'how to split: group, stratified, official or random (default: by what is there)')
    .option('--fractions <shares>', 'of train, validation and test (default: 0.7,0.15,0.15)', fractions)
    .option('--batch-size <n>', 'images a step', whole)
    .option('--seed <n>', 'of split, order, augmentation and dropout', natural, seed)
    .addOption(precisionOption())
    .addOption(backendOption());
}
