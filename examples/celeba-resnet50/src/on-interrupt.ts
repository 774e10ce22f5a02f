import { constants } from 'node:os';

/** A terminal's Ctrl-C reaches a process more than once where its parents pass it on. */
const SAME_KEYSTROKE_MS = 1500;

/** A signal that the first Ctrl-C or SIGTERM aborts; the second ends the process. */
export function onInterrupt(announce: () => void): AbortSignal {
  const controller = new AbortController();
  let first = Number.NEGATIVE_INFINITY;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) {
        first = performance.now();
        announce();
        controller.abort();
      } else if (performance.now() - first > SAME_KEYSTROKE_MS) {
        process.exit(128 + constants.signals[name]);
      }
    });
  }
  return controller.signal;
}
