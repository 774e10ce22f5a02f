import { Command } from 'commander';
import { version } from '../package.json';
import { analyseCommand } from './commands/analyse';
import { backbonesCommand } from './commands/backbones';
import { doctorCommand } from './commands/doctor';
import { evaluateCommand } from './commands/evaluate';
import { exportCommand } from './commands/export';
import { mergeCommand } from './commands/merge';
import { predictCommand } from './commands/predict';
import { reportCommand } from './commands/report';
import { searchCommand } from './commands/search';
import { serveCommand } from './commands/serve';
import { setupCommand } from './commands/setup';
import { trainCommand } from './commands/train';
import { applyConfig } from './config/apply-config';
import { type FoundConfig, readConfig } from './config/read-config';
import { addCompletion } from './terminal/completion';
import { path } from './terminal/parse-value';
import type { Terminal } from './terminal/terminal';

const EXAMPLES = `
First steps:
  $ thaw setup                              the fast backend, once per machine
  $ thaw analyse images/ labels.csv         look at the labels
  $ thaw train images/ labels.csv           train, evaluate, write a report
  $ thaw predict new/*.jpg --model runs/1   label new images

Every flag can stand in thaw.config.ts or thaw.config.json:
  { "train": { "backbone": "resnet50" } }
Completion: source <(thaw complete bash), or zsh, fish, powershell.`;

/** The whole command line, for the arguments after `thaw`. */
export function thawProgram(terminal: Terminal, argv: readonly string[] = []): Command {
  let config: FoundConfig | undefined;
  const program = new Command('thaw')
    .description('Multilabel transfer learning: from images and labels to a model that you can ship.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .option('--config <file>', 'a config file (default: thaw.config.ts, .mts, .js, .mjs or .json here)', path)
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .showHelpAfterError('(--help tells more)')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .hook('preSubcommand', async (_, command) => {
      const has = (...flags: string[]) => argv.some((arg) => flags.includes(arg.replace(/=.*/s, '')));
      // Help is shown even if the config is wrong.
      if (command.name() === 'complete' || has('--help', '-h')) return;
      config = await readConfig(program.opts<{ config?: string }>().config, process.cwd());
      if (config) applyConfig(command, config, ({ long }) => long !== undefined && has(long));
    })
    .hook('preAction', (_, command) => {
      if (config) applyConfig(command, config);
    });
  const commands = [
    trainCommand,
    evaluateCommand,
    predictCommand,
    mergeCommand,
    reportCommand,
    analyseCommand,
    searchCommand,
    exportCommand,
    serveCommand,
    backbonesCommand,
    doctorCommand,
    setupCommand,
  ];
  for (const command of commands) program.addCommand(command(terminal).copyInheritedSettings(program));
  addCompletion(program);
  return program;
}
