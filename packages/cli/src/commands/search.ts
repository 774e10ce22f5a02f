import { join } from 'node:path';
import { Command, Option } from 'commander';
import { DATA_ARGUMENT } from '../data/data-options';
import { outOption, whole } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';
import { jsonOption } from './run-options';
import { addTrainingOptions, type TrainingFlags } from './training-options';

/** The flags of `thaw search`. */
export interface SearchFlags extends TrainingFlags {
  readonly trials: number;
  readonly halving?: number;
  readonly monitor: string;
  readonly out: string;
  readonly json?: boolean;
}

const MORE = `
Example:
  $ thaw search photos/ labels.csv --trials 12 --halving 3

Each trial draws a rate and a number of epochs of fine-tuning, how much lower
the rates of earlier layers are, and label smoothing. The same command goes on
where it was ended. For a space of your own, call search() of @thawjs/core.`;

/** `thaw search`: tries recipes and compares them. */
export function searchCommand(terminal: Terminal): Command {
  const command = new Command('search')
    .summary('try recipes, and compare them on the validation part')
    .description(
      'Trains by several recipes, and compares them on the validation part. Each trial has a run folder.',
    )
    .argument('[data...]', DATA_ARGUMENT)
    .option('--trials <n>', 'recipes to draw', whole, 8)
    .addOption(
      new Option(
        '--halving <factor>',
        'give the best 1/factor of the trials more epochs, and stop the others',
      ).argParser(whole),
    )
    .option('--monitor <number>', 'the number of the history that is compared', 'val_auc')
    .addOption(outOption('runs/search'))
    .addOption(jsonOption())
    .addHelpText('after', MORE);
  return addTrainingOptions(command).action(async (data: string[] | undefined, flags: SearchFlags) => {
    const { searchRecipes } = await import('../runs/search-recipes');
    const result = await searchRecipes(data ?? [], flags, terminal);
    if (flags.json) return terminal.print(JSON.stringify(result));
    for (const { name, score, status, parameters } of result.trials)
      terminal.print(`${name}  ${score?.toFixed(4) ?? '–'}  ${status}  ${JSON.stringify(parameters)}`);
    terminal.print(`best: ${result.best ?? 'none'}; table: ${join(flags.out, 'search.csv')}`);
  });
}
