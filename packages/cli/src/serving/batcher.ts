import { QueueFullError } from '../errors';

/** Limits of the batches that single items are gathered into. */
export interface BatcherOptions {
  /** The largest number of items in a batch. */
  readonly maxBatch: number;
  /** The longest time that the first item of a batch waits for others, in milliseconds. */
  readonly maxWaitMs: number;
  /** The largest number of waiting items; more are refused. */
  readonly maxQueue: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result | Error) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers items that arrive one by one into batches, and runs one batch at a time. */
export class Batcher<Item, Result> {
  readonly #waiting: Waiting<Item, Result>[] = [];
  #running: Promise<void> | undefined;

  /**
   * @param run computes a batch. An `Error` instead of a result means that only this item failed
   * @param onBatch called with the number of items of each batch
   */
  constructor(
    readonly run: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
    readonly options: BatcherOptions,
    readonly onBatch: (items: number) => void = () => {},
  ) {}

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * The results of items, in their order, with an `Error` for each item that failed alone.
   *
   * @throws QueueFullError if not all items can wait; any error that `run` throws
   */
  add(items: readonly Item[]): Promise<(Result | Error)[]> {
    if (this.#waiting.length + items.length > this.options.maxQueue)
      return Promise.reject(
        new QueueFullError(
          `${this.#waiting.length} images wait already. Try again later, or raise --max-queue.`,
        ),
      );
    const results = items.map(
      (item) =>
        new Promise<Result | Error>((resolve, reject) => {
          this.#waiting.push({ item, resolve, reject });
        }),
    );
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
    });
    return Promise.all(results);
  }

  /** Resolves when no item runs or waits. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #runAll(): Promise<void> {
    const { maxBatch, maxWaitMs } = this.options;
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < maxBatch) await new Promise((resolve) => setTimeout(resolve, maxWaitMs));
      const batch = this.#waiting.splice(0, maxBatch);
      this.onBatch(batch.length);
      try {
        const results = await this.run(batch.map(({ item }) => item));
        for (const [i, { resolve }] of batch.entries()) resolve(results[i]);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}
