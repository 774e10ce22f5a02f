import { CommanderError } from 'commander';
import { ConfigError, ThawError } from '../errors';
import { systemErrorText } from './system-error';

/** What the process says to the shell when it ends. */
export const EXIT = {
  done: 0,
  /** The input, the data or the machine is in the way; the message says what to do. */
  failed: 1,
  /** The command line or the config file is wrong. */
  usage: 2,
  /** A defect of Thaw. */
  defect: 70,
  /** Ended by Ctrl-C; what was done until then is written. */
  interrupted: 130,
  /** Ended by SIGTERM; what was done until then is written. */
  terminated: 143,
} as const;

/** The exit code of an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof ConfigError) return EXIT.usage;
  if (error instanceof ThawError || systemErrorText(error) !== undefined) return EXIT.failed;
  return EXIT.defect;
}
