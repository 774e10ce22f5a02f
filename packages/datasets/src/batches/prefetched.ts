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
  outer?: AbortSignal,
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
      ahead.shift();
      start(prefetch);
      signal.throwIfAborted();
      yield thing;
    }
  } finally {
    leaving.abort();
    await Promise.allSettled(ahead);
  }
}
