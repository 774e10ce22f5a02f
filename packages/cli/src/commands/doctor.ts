import { Command } from 'commander';
import { asFlags } from '../terminal/as-flags';
import type { Terminal } from '../terminal/terminal';

/** `thaw doctor`: which backends work on this machine, and how to mend the others. */
export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .summary('say which backends work here, why others do not, and what to do')
    .description(
      'Says which backends work on this machine, why others do not, and what to do. Nothing is changed. The first backend ' +
        'that works is the one that the other commands take.',
    )
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { diagnose, formatDiagnosis } = await import('@thawjs/backends/node');
      const diagnosis = await diagnose(process.cwd());
      terminal.print(asFlags(json ? JSON.stringify(diagnosis, null, 2) : formatDiagnosis(diagnosis)));
    });
}
