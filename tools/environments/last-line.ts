import type { Outcome } from './environment';

/** The outcome that a program printed as its last line. */
export function lastLine(printed: string): Outcome {
  const line = printed.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line) as Outcome;
  } catch (cause) {
    throw new Error(`expected the outcome as the last line printed; received ${JSON.stringify(line)}`, {
      cause,
    });
  }
}
