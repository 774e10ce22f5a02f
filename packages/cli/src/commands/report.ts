import { Command } from 'commander';
import { path } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';
import { backendOption, type ComputeFlags, picturesOption } from './run-options';

/** The flags of `thaw report`. */
export interface ReportFlags extends Pick<ComputeFlags, 'backend'> {
  readonly out?: string;
  readonly pictures?: boolean;
}

/** `thaw report`: writes the report of a run again. */
export function reportCommand(terminal: Terminal): Command {
  return new Command('report')
    .summary("write a run's report again")
    .description(
      "Evaluates the model of a run on the run's test part, and writes the numbers and the report. The data must still be there.",
    )
    .argument('<run>', 'a run folder', path)
    .option('--out <file>', 'where to write it (default: report.html in the run folder)', path)
    .addOption(picturesOption())
    .addOption(backendOption())
    .addHelpText('after', '\nExample:\n  $ thaw report runs/1 --pictures')
    .action(async (run: string, flags: ReportFlags) => {
      const { reportOnRun } = await import('../runs/report-on-run');
      terminal.print(`report: ${await reportOnRun(run, flags, terminal)}`);
    });
}
