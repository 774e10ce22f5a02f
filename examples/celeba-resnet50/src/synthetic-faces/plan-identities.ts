import { SyntheticFacesOptionError } from './errors';
import { randomStream } from './random-stream';

/** Images of an identity: few persons have many. Mean 2.6. */
const SHARE_BY_SIZE = [0.34, 0.25, 0.16, 0.1, 0.07, 0.04, 0.02, 0.02];

/** 0 train, 1 validation, 2 test, as in the official `list_eval_partition.txt`. */
type Partition = 0 | 1 | 2;

export interface PlannedImage {
  /** The person, counted from 1, as in the official identity file. */
  readonly identity: number;
  readonly partition: Partition;
}

/**
 * Who is on which image, and in which split: persons follow one another, each with 1–8 images, the first 80 % of the
 * images train, the next 10 % validation, the rest test, cut between persons.
 *
 * Without `identities` the person on image i depends on the seed alone, whatever the count; with it, sizes are
 * evened out until the persons add up to the count.
 *
 * @throws {SyntheticFacesOptionError} when `count` images can't be shared among `identities` persons.
 */
export function planIdentities(count: number, seed: number, identities?: number): readonly PlannedImage[] {
  const sizes = identities === undefined ? naturalSizes(count, seed) : fittedSizes(count, seed, identities);
  const partitions = partitionBySize(sizes, count);
  return sizes.flatMap((size, person) =>
    Array.from({ length: size }, () => ({ identity: person + 1, partition: partitions[person] })),
  );
}

function naturalSize(seed: number, person: number): number {
  let rest = randomStream(seed, 'images of identity', person)();
  for (let size = 1; size < SHARE_BY_SIZE.length; size++) {
    rest -= SHARE_BY_SIZE[size - 1];
    if (rest < 0) return size;
  }
  return SHARE_BY_SIZE.length;
}

function naturalSizes(count: number, seed: number): number[] {
  const sizes: number[] = [];
  for (let left = count; left > 0; left -= sizes.at(-1)!) {
    sizes.push(Math.min(left, naturalSize(seed, sizes.length)));
  }
  return sizes;
}

function fittedSizes(count: number, seed: number, identities: number): number[] {
  const most = SHARE_BY_SIZE.length;
  if (!Number.isInteger(identities) || identities < Math.ceil(count / most) || identities > count) {
    throw new SyntheticFacesOptionError(
      `writeSyntheticFaces: expected identities between ${Math.ceil(count / most)} and ${count}, ` +
        `as each has 1 to ${most} of the ${count} images; received ${identities}.`,
    );
  }
  const sizes = Array.from({ length: identities }, (_, person) => naturalSize(seed, person));
  let surplus = sizes.reduce((sum, size) => sum + size, 0) - count;
  for (let person = 0; surplus !== 0; person = (person + 1) % identities) {
    const step = Math.sign(surplus);
    const size = sizes[person] - step;
    if (size < 1 || size > most) continue;
    sizes[person] = size;
    surplus -= step;
  }
  return sizes;
}

/** Three persons or more fill all three splits, however few they are. */
function partitionBySize(sizes: readonly number[], count: number): Partition[] {
  const persons = sizes.length;
  let seen = 0;
  const middles = sizes.map((size) => (seen += size) - size / 2);
  let validationFrom = middles.filter((middle) => middle < 0.8 * count).length;
  let testFrom = middles.filter((middle) => middle < 0.9 * count).length;
  if (persons >= 3) {
    testFrom = Math.min(Math.max(testFrom, 2), persons - 1);
    validationFrom = Math.min(Math.max(validationFrom, 1), testFrom - 1);
  }
  return sizes.map((_, person) => (person < validationFrom ? 0 : person < testFrom ? 1 : 2));
}
