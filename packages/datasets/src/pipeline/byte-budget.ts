/** Bytes that may be held at once. */
export interface ByteBudget {
  /** Waits until less than the whole budget is taken. */
  room(): Promise<void>;
  take(bytes: number): void;
  give(bytes: number): void;
}

/** A budget of bytes. A task may exceed what is left, because an image's size is known only after it is read. */
export function byteBudget(limit: number): ByteBudget {
  let taken = 0;
  let waiting: (() => void)[] = [];
  return {
    room: async () => {
      while (taken >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    take: (bytes) => {
      taken += bytes;
    },
    give: (bytes) => {
      taken -= bytes;
      if (taken >= limit) return;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
  };
}
