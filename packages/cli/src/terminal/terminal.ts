import picocolors from 'picocolors';
import { printable } from './printable';

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

/** The terminal that the process was started from. */
export function processTerminal(signal: AbortSignal): Terminal {
  const isTerminal = process.stdout.isTTY && process.stderr.isTTY;
  const isForced = (process.env.FORCE_COLOR ?? '') !== '' && process.env.FORCE_COLOR !== '0';
  return {
    // Other programs get the results unchanged.
    print: (text) => void process.stdout.write(`${process.stdout.isTTY ? printable(text) : text}\n`),
    note: (text) => void process.stderr.write(`${printable(text)}\n`),
    colours: picocolors.createColors((isTerminal || isForced) && !process.env.NO_COLOR),
    signal,
  };
}
