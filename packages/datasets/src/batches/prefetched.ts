/** How items are made ahead. */
export interface PrefetchOptions<T> {
  /** Stops the making. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each item that was made and that the caller didn't get. */
  readonly drop?: (item: T) => void;
}

/**
 * Makes `count` items in order. Up to `prefetch` items are made ahead of the item that the caller works on.
 *
 * Making starts with the first `next()`. Leaving the loop early, or an error in it, aborts the signal that `make` was
 * given and waits for what is under way, so that nothing runs afterwards and every rejection is handled.
 *
 * @param make makes item number `index`; it should stop early when `signal` aborts
 */
export async function* prefetched<T>(
  count: number,
  prefetch: number,
  make: (index: number, signal: AbortSignal) => Promise<T>,
  { signal: outer, drop }: PrefetchOptions<T> = {},
): AsyncGenerator<T, void, undefined> {
  const leaving = new AbortController();
  const signal = outer ? AbortSignal.any([outer, leaving.signal]) : leaving.signal;
  const ahead: Promise<T>[] = [];
  let started = 0;
  const start = (limit: number) => {
    while (started < count && ahead.length < limit) {
      const thing = make(started++, signal);
      // An item may fail before it is due. The failure is thrown when it is due.
      thing.catch(() => undefined);
      ahead.push(thing);
    }
  };
  try {
    for (let index = 0; index < count; index++) {
      signal.throwIfAborted();
      start(prefetch + 1);
      const thing = await ahead[0];
      signal.throwIfAborted();
      ahead.shift();
      start(prefetch);
      yield thing;
    }
  } finally {
    leaving.abort();
    for (const made of await Promise.allSettled(ahead)) {
      if (made.status === 'fulfilled') drop?.(made.value);
    }
  }
}
