import { CommanderError } from 'commander';
import { ThawError } from './errors';
import { EXIT, exitCodeOf } from './terminal/exit-code';
import { Interruption } from './terminal/interrupt-signal';
import { systemErrorText } from './terminal/system-error';
import type { Terminal } from './terminal/terminal';
import { thawProgram } from './thaw-program';

/**
 * Runs a command line.
 *
 * @param argv what stands behind `thaw`
 * @returns the exit code; see `EXIT`
 */
export async function runThaw(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await thawProgram(terminal).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof Interruption)) return failed(error, terminal);
  }
  const reason: unknown = terminal.signal.reason;
  return reason instanceof Interruption ? reason.exitCode : EXIT.done;
}

function failed(error: unknown, { note, colours }: Terminal): number {
  // Commander has written its own messages by now.
  const ofSystem = systemErrorText(error);
  if (error instanceof ThawError) note(`${colours.red(error.name)}: ${error.message}`);
  else if (ofSystem !== undefined) note(`${colours.red('SystemError')}: ${ofSystem}`);
  else if (!(error instanceof CommanderError)) {
    note(String(error instanceof Error ? error.stack : error));
    note('This is a defect of Thaw. Please report it with the lines above.');
  }
  return exitCodeOf(error);
}
