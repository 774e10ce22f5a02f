import { EXIT } from './exit-code';

/** One Ctrl-C can reach a process several times, if its parents (npx, pnpm) forward it. */
const SAME_KEYSTROKE_MS = 1500;

/** The abort reason of a signal after Ctrl-C or SIGTERM. */
export class Interruption extends Error {
  /** Set while the signal aborts, by a command that itself tells the user how it ends. */
  isAnnounced = false;
  #exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.name = 'AbortError';
    this.#exitCode = exitCode;
  }

  get exitCode(): number {
    return this.#exitCode;
  }

  /** Says that the signal is the usual end of the command, as of a server, and that nothing was left undone. */
  endsWell(): void {
    this.#exitCode = EXIT.done;
  }
}

/**
 * A signal that the first Ctrl-C or SIGTERM aborts. The second one ends the process at once.
 *
 * @param tell called at the first one, with a line for the user
 */
export function interruptSignal(tell: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  let first = Number.NEGATIVE_INFINITY;
  const end = (exitCode: number) => () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      const interruption = new Interruption(exitCode);
      controller.abort(interruption);
      if (!interruption.isAnnounced)
        tell('Ending after this step, then writing what is there. Ctrl-C again ends at once.');
    } else if (performance.now() - first > SAME_KEYSTROKE_MS) {
      process.exit(exitCode);
    }
  };
  process.on('SIGINT', end(EXIT.interrupted));
  process.on('SIGTERM', end(EXIT.terminated));
  return controller.signal;
}
