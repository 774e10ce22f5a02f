import { Command } from 'commander';
import type { Terminal } from '../terminal/terminal';

/** `thaw doctor`: which backends work on this machine, and how to mend the others. */
export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .summary('say which backends work here, why others do not, and what to do')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { diagnose, formatDiagnosis } = await import('@thawjs/backends/node');
      const diagnosis = await diagnose(process.cwd());
      terminal.print(json ? JSON.stringify(diagnosis, null, 2) : formatDiagnosis(diagnosis));
    });
}
