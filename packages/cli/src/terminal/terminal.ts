import picocolors from 'picocolors';
import { EXIT } from './exit-code';
import { printable } from './printable';
import { systemErrorText } from './system-error';

/** The output of a command, and the signal that ends it early. */
export interface Terminal {
  /** Writes a result to standard output. */
  readonly print: (text: string) => void;
  /** Writes progress and remarks to standard error, so that the output of a command can be piped. */
  readonly note: (text: string) => void;
  /** Colours; none if there is no terminal, or if `NO_COLOR` is set. */
  readonly colours: ReturnType<typeof picocolors.createColors>;
  /** Aborted by Ctrl-C or SIGTERM. The command then ends normally, with the results so far. */
  readonly signal: AbortSignal;
}

/**
 * The terminal that the process was started from. If nobody reads the output any more, or the disk that it goes to is full, the
 * command goes on, as it may write files, and the exit code tells it.
 */
export function processTerminal(signal: AbortSignal): Terminal {
  const note = (text: string) => void process.stderr.write(`${printable(text)}\n`);
  process.stderr.on('error', () => {});
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    const isUnread = error.code === 'EPIPE';
    if (!isUnread) note(`standard output: ${systemErrorText(error) ?? error.message}`);
    process.stdout.on('error', () => {});
    process.on('exit', (code) => {
      if (code === EXIT.done) process.exitCode = isUnread ? EXIT.unread : EXIT.failed;
    });
  });
  const isTerminal = process.stdout.isTTY && process.stderr.isTTY;
  const isForced = (process.env.FORCE_COLOR ?? '') !== '' && process.env.FORCE_COLOR !== '0';
  return {
    // Other programs get the results unchanged.
    print: (text) => void process.stdout.write(`${process.stdout.isTTY ? printable(text) : text}\n`),
    note,
    colours: picocolors.createColors((isTerminal || isForced) && !process.env.NO_COLOR),
    signal,
  };
}
