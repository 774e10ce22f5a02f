import { CommanderError } from 'commander';
import { ThawError } from '../errors';
import { asFlags } from './as-flags';
import { EXIT, exitCodeOf } from './exit-code';
import { Interruption } from './interrupt-signal';
import { systemErrorText } from './system-error';
import type { Terminal } from './terminal';

/**
 * Does the work of a process, and prints one line for an error.
 *
 * @returns the exit code; see `EXIT`
 */
export async function withExitCode(terminal: Terminal, work: () => Promise<unknown>): Promise<number> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Interruption)) return failed(error, terminal);
  }
  const reason: unknown = terminal.signal.reason;
  return reason instanceof Interruption ? reason.exitCode : EXIT.done;
}

function failed(error: unknown, { note, colours }: Terminal): number {
  // Commander has already printed its own messages.
  const ofSystem = systemErrorText(error);
  if (error instanceof ThawError) note(`${colours.red(error.name)}: ${asFlags(error.message)}`);
  else if (ofSystem !== undefined) note(`${colours.red('SystemError')}: ${ofSystem}`);
  else if (!(error instanceof CommanderError)) {
    note(String(error instanceof Error ? error.stack : error));
    note('This is a defect of Thaw. Please report it with the lines above.');
  }
  return exitCodeOf(error);
}
