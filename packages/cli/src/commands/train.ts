import { join } from 'node:path';
import { Command } from 'commander';
import { DATA_ARGUMENT } from '../data/data-options';
import { natural, outOption, positive } from '../terminal/parse-value';
import { shellPath } from '../terminal/shell-path';
import type { Terminal } from '../terminal/terminal';
import { jsonOption, picturesOption } from './run-options';
import { addTrainingOptions, type TrainingFlags } from './training-options';

/** The flags of `thaw train`. */
export interface TrainFlags extends TrainingFlags {
  readonly headEpochs?: number;
  readonly thawEpochs?: number;
  readonly learningRate?: number;
  readonly freezeFirst?: number;
  readonly layerDecay?: number;
  readonly stochasticDepth?: number;
  readonly report: boolean;
  readonly pictures?: boolean;
  readonly out: string;
  readonly resume?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

const MORE = `
Examples:
  $ thaw train photos/ labels.csv --out runs/1
  $ thaw train findings.csv --tags "Finding Labels" --group "Patient ID"
  $ thaw train data/celeba --without Attractive --backbone face
  $ thaw train --resume --out runs/1   after an interruption; the data is known

What is not given is chosen from the data, and written to recipe.json with the
reason.`;

/** `thaw train`: from images and labels to a model and a report. */
export function trainCommand(terminal: Terminal): Command {
  const command = new Command('train')
    .summary('train a model on images and labels, evaluate it, write a report')
    .description('Freezes a pretrained network, trains a new head, thaws the network and fine-tunes it.')
    .argument('[data...]', DATA_ARGUMENT)
    .addOption(outOption('runs/1'))
    .option('--resume', 'go on with the run in --out')
    .option('--overwrite', 'put a new run in place of the one in --out')
    .option('--no-report', 'write no report.html')
    .addOption(picturesOption())
    .addOption(jsonOption())
    .optionsGroup('Recipe:')
    .option('--head-epochs <n>', 'epochs of the head; 0 leaves the phase out', natural)
    .option('--thaw-epochs <n>', 'epochs of fine-tuning; 0 leaves the phase out', natural)
    .option('--learning-rate <rate>', 'the rate of fine-tuning', positive)
    .option('--freeze-first <n>', 'layers that stay frozen in fine-tuning, from the input', natural)
    .option('--layer-decay <factor>', 'how much lower the rate of each earlier stage is, as 0.75', positive)
    .option('--stochastic-depth <share>', 'how often the last residual block is skipped, as 0.1', positive)
    .addHelpText('after', MORE);
  return addTrainingOptions(command).action(async (data: string[] | undefined, flags: TrainFlags) => {
    const { train } = await import('../runs/train');
    const { run, evaluation, report, isUnfinished } = await train(data ?? [], flags, terminal);
    if (flags.json) return terminal.print(JSON.stringify(evaluation ?? null));
    if (evaluation) terminal.print(String(evaluation));
    if (!run.interrupted) terminal.print(`model: ${join(flags.out, 'model')}`);
    if (report !== undefined) terminal.print(`report: ${report}`);
    if (isUnfinished)
      terminal.note(
        `The ${run.interrupted ? 'run' : 'evaluation'} isn't finished. Go on with it: thaw train --resume --out ` +
          shellPath(flags.out),
      );
  });
}
