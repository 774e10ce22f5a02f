import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { ChecksumError } from '../errors';

/** The md5 sums of CelebA's files, as torchvision's `datasets/celeba.py` publishes them. */
const SUMS: Readonly<Record<string, string>> = {
  'img_align_celeba.zip': '00d2c5bc6d35e252742224ab0c1e8fcb',
  'list_attr_celeba.txt': '75e246fa4810816ffd6ee81facbd244c',
  'identity_CelebA.txt': '32bd1bd63d3c78cd57e08160ec5ed1e2',
  'list_bbox_celeba.txt': '00566efa6fedff7a56946cd1c10f1c16',
  'list_landmarks_align_celeba.txt': 'cc24ecafdb5b50baae59b03474781f8c',
  'list_eval_partition.txt': 'd32c9cbf5e040fd4025c592c306e6668',
};

/**
 * Checks the bytes of a label file, gunzipped.
 *
 * @throws {ChecksumError} its md5 is another, or none is published for a file of that name
 */
export function checkPublishedSum(name: string, bytes: Uint8Array): void {
  compare(name.replace(/\.gz$/, ''), createHash('md5').update(bytes).digest('hex'));
}

/** Checks a whole file, read piece by piece; see {@link checkPublishedSum}. */
export async function checkPublishedSumOfFile(path: string): Promise<void> {
  const hash = createHash('md5');
  for await (const piece of createReadStream(path)) hash.update(piece);
  compare(basename(path), hash.digest('hex'));
}

function compare(name: string, sum: string): void {
  const published = SUMS[name];
  if (published === undefined) {
    throw new ChecksumError(
      `CelebA.open: verify knows the md5 sums of ${Object.keys(SUMS).join(', ')}; none is published for ${name}. Open it without verify.`,
    );
  }
  if (sum !== published) {
    throw new ChecksumError(
      `CelebA.open: expected ${name} to have the published md5 ${published}; it has ${sum}. Download it again.`,
    );
  }
}
