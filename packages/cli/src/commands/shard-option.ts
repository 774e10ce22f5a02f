import { InvalidArgumentError, Option } from 'commander';

/** One of `count` parts of a job: the rows with the numbers `index`, `index + count`, `index + 2 count`, … */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

export const shardOption = () =>
  new Option(
    '--shard <part>',
    'one part of the images, as 3/64: the third of 64; parts can run anywhere',
  ).argParser(shard);

/** Reads `3/64`, where the first part is 1. */
function shard(value: string): Shard {
  const [, part, count] = /^(\d+)\/(\d+)$/.exec(value)?.map(Number) ?? [];
  if (!(part >= 1 && part <= count))
    throw new InvalidArgumentError('expected a part of all parts, from 1/n to n/n, such as 3/64.');
  return { index: part - 1, count };
}
