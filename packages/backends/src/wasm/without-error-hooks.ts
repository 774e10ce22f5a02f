type Listener = (...values: unknown[]) => void;

/** Undefined in a browser. */
declare const process:
  | { listeners?(event: string): Listener[]; off(event: string, listener: Listener): unknown }
  | undefined;

const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Runs what loads the wasm module, and takes off the hooks that it puts into Node's uncaughtException and
 * unhandledRejection. They only throw again, whereby Node prints a minified file of 100 kB above every uncaught error
 * that the program ever has.
 */
export async function withoutErrorHooks<T>(load: () => Promise<T>): Promise<T> {
  if (typeof process === 'undefined' || typeof process.listeners !== 'function') return load();
  const before = new Set(EVENTS.flatMap(listeners));
  try {
    return await load();
  } finally {
    for (const event of EVENTS) {
      for (const listener of listeners(event)) if (!before.has(listener)) process.off(event, listener);
    }
  }
}

function listeners(event: string): Listener[] {
  return process?.listeners?.(event) ?? [];
}
