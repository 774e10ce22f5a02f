import { CommanderError } from 'commander';
import { ConfigError, ThawError, UsageError } from '../errors';
import { systemErrorText } from './system-error';

/** The exit codes of the process. */
export const EXIT = {
  done: 0,
  /** A problem with the input, the data or the machine; the message says what to do. */
  failed: 1,
  /** The command line or the config file is wrong. */
  usage: 2,
  /** A defect of Thaw. */
  defect: 70,
  /** Ended by Ctrl-C; all results up to then are written. */
  interrupted: 130,
  /** Nobody reads standard output any more, as behind `| head -1`; all files are written. */
  unread: 141,
  /** Ended by SIGTERM; all results up to then are written. */
  terminated: 143,
} as const;

/** The exit code of an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof ConfigError || error instanceof UsageError) return EXIT.usage;
  if (error instanceof ThawError || systemErrorText(error) !== undefined) return EXIT.failed;
  return EXIT.defect;
}
