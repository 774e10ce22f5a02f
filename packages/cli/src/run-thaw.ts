import type { Terminal } from './terminal/terminal';
import { withExitCode } from './terminal/with-exit-code';
import { thawProgram } from './thaw-program';

/**
 * Runs a command line.
 *
 * @param argv the arguments after `thaw`
 * @returns the exit code; see `EXIT`
 */
export function runThaw(argv: readonly string[], terminal: Terminal): Promise<number> {
  return withExitCode(terminal, () => thawProgram(terminal, argv).parseAsync(argv, { from: 'user' }));
}
