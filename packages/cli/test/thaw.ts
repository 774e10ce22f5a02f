import picocolors from 'picocolors';
import { runThaw } from '../src/run-thaw';
import type { Terminal } from '../src/terminal/terminal';

/** What a command line ended with, and wrote. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, without a terminal. */
export async function thaw(...argv: string[]): Promise<Ended> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await runThaw(argv, {
    ...silentTerminal(),
    print: (text) => stdout.push(text),
    note: (text) => stderr.push(text),
  });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

/** A terminal that shows nothing and is never interrupted. */
export function silentTerminal(): Terminal {
  return {
    print: () => {},
    note: () => {},
    colours: picocolors.createColors(false),
    signal: new AbortController().signal,
  };
}
