import { EXIT } from './exit-code';

/** A terminal's Ctrl-C reaches a process more than once where its parents (npx, pnpm) pass it on. */
const SAME_KEYSTROKE_MS = 1500;

/** The reason of a signal that Ctrl-C or SIGTERM aborted. */
export class Interruption extends Error {
  constructor(readonly exitCode: number) {
    super('interrupted');
    this.name = 'AbortError';
  }
}

/**
 * A signal that the first Ctrl-C or SIGTERM aborts; the second one ends the process at once.
 *
 * @param tell called at the first, with a line for the user
 */
export function interruptSignal(tell: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  let first = Number.NEGATIVE_INFINITY;
  const end = (exitCode: number) => () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      tell('Ending after this step, then writing what is there. Ctrl-C again ends at once.');
      controller.abort(new Interruption(exitCode));
    } else if (performance.now() - first > SAME_KEYSTROKE_MS) {
      process.exit(exitCode);
    }
  };
  process.on('SIGINT', end(EXIT.interrupted));
  process.on('SIGTERM', end(EXIT.terminated));
  return controller.signal;
}
