/** A terminal's Ctrl-C reaches a process more than once where its parents pass it on. */
const SAME_KEYSTROKE_MS = 1500;

/** A signal that the first Ctrl-C aborts; the second ends the process. */
export function onInterrupt(announce: () => void): AbortSignal {
  const controller = new AbortController();
  let first = Number.NEGATIVE_INFINITY;
  process.on('SIGINT', () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      announce();
      controller.abort();
    } else if (performance.now() - first > SAME_KEYSTROKE_MS) {
      process.exit(130);
    }
  });
  return controller.signal;
}
