import { join } from 'node:path';
import { Command, Option } from 'commander';
import { addDataOptions, DATA_ARGUMENT, type DataOptions } from '../data/data-options';
import { fractions, natural, outOption, positive, size, whole } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';
import { backendOption, type ComputeFlags, jsonOption, precisionOption } from './run-options';

/** What `thaw train` is told. */
export interface TrainFlags extends DataOptions, ComputeFlags {
  /** A name that `backbones()` lists, or `'face'`. */
  readonly backbone: string;
  /** `'imagenet'`, `'none'`, or a file that `loadWeights` reads. */
  readonly weights: string;
  readonly size?: readonly [height: number, width: number];
  readonly by?: string;
  readonly fractions?: { readonly train: number; readonly validation: number; readonly test: number };
  readonly headEpochs?: number;
  readonly thawEpochs?: number;
  readonly learningRate?: number;
  readonly freezeFirst?: number;
  readonly augment: boolean;
  readonly report: boolean;
  readonly seed: number;
  readonly out: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

const MORE = `
Examples:
  $ thaw train photos/ labels.csv --out runs/1
  $ thaw train findings.csv --tags "Finding Labels" --group "Patient ID" --values chexpert
  $ thaw train data/celeba --without Attractive --backbone face
  $ thaw train --resume --out runs/1             after an interruption; the data is known

What is not given is chosen from the data and written to recipe.json, with the reason.`;

/** `thaw train`: from images and labels to a model and a report. */
export function trainCommand(terminal: Terminal): Command {
  const command = new Command('train')
    .summary('train a model on images and labels, evaluate it, write a report')
    .description('Freezes a pretrained network, trains a new head, thaws the network and fine-tunes it.')
    .argument('[data...]', DATA_ARGUMENT)
    .option(
      '--backbone <name>',
      'the pretrained network: a name of `thaw backbones`, or face',
      'efficientnet_lite0',
    )
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
    .option('--by <way>', 'how to split: group, stratified, official or random (default: by what is there)')
    .option('--fractions <shares>', 'of train, validation and test (default: 0.7,0.15,0.15)', fractions)
    .option('--head-epochs <n>', 'epochs of the head; 0 leaves the phase out', natural)
    .option('--thaw-epochs <n>', 'epochs of fine-tuning; 0 leaves the phase out', natural)
    .option('--learning-rate <rate>', 'the highest rate of fine-tuning', positive)
    .option('--freeze-first <n>', 'layers that stay frozen in fine-tuning, from the input', natural)
    .option('--batch-size <n>', 'images a step', whole)
    .option('--no-augment', 'train on the images as they are')
    .option('--no-report', 'write no report.html')
    .option('--seed <n>', 'of split, order, augmentation and dropout', natural, 0)
    .addOption(precisionOption())
    .addOption(backendOption())
    .addOption(outOption('runs/1'))
    .addOption(new Option('--resume', 'go on with the run in --out'))
    .addOption(jsonOption())
    .addHelpText('after', MORE);
  return addDataOptions(command).action(async (data: string[] | undefined, flags: TrainFlags) => {
    const { train } = await import('../runs/train');
    const { evaluation, report } = await train(data ?? [], flags, terminal);
    if (flags.json) return terminal.print(JSON.stringify(evaluation ?? null));
    if (evaluation) terminal.print(String(evaluation));
    terminal.print(`model: ${join(flags.out, 'model')}`);
    if (report !== undefined) terminal.print(`report: ${report}`);
  });
}
