import type { Operation } from './operation';

/** Sizes of an array; null stands for the number of images of a batch. */
export type Sizes = readonly (number | null)[];

/** A float32 array that a program computes. */
export interface Value {
  readonly sizes: Sizes;
  /** The operation that gives it, and which of its outputs it is. */
  readonly operation: Operation;
  readonly output: number;
}

/** The known sizes of a value whose first one may be the batch's. */
export function innerSizes({ sizes }: Value): number[] {
  return sizes.slice(1).map(Number);
}

/** Sizes with the batch's filled in. */
export function withBatch(sizes: Sizes, batch: number): number[] {
  return sizes.map((size) => size ?? batch);
}
