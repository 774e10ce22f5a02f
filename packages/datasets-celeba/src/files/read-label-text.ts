import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Limits, limitExceeded, refuseDownloadPage } from '@thawjs/datasets';
import { LabelFileError } from '../errors';
import type { LabelFile } from './find-label-files';
import { checkPublishedSum } from './published-sums';

const inflate = promisify(gunzip);

/** How a label file is read. */
export interface LabelReading {
  /** Whether its md5 must be the published one. */
  readonly verify: boolean;
  readonly limits: Required<Limits>;
}

/**
 * The bytes of a label file. Gzipped bytes are inflated, whatever the file's name is.
 *
 * @throws {DownloadPageError} it is an HTML page
 * @throws {ChecksumError} its md5 must be the published one, and is not
 * @throws {LabelFileError} it is empty, or gzipped and damaged
 * @throws {LimitExceededError} it inflates to more than `limits.inflatedBytes`
 */
export async function readLabelText(
  { name, read }: LabelFile,
  { verify, limits }: LabelReading,
): Promise<Buffer> {
  const bytes = await read();
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text[0] === 0x1f && text[1] === 0x8b) {
    const maxOutputLength = Math.min(limits.inflatedBytes, 2 ** 32);
    text = await inflate(text, { maxOutputLength }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_BUFFER_TOO_LARGE')
        throw limitExceeded(limits, 'inflatedBytes', `CelebA.open: ${name}`, 'more');
      throw new LabelFileError(
        `CelebA.open: ${name} is gzipped and damaged (${error.message}). Download it again.`,
        { cause: error },
      );
    });
  }
  if (text.length === 0) throw new LabelFileError(`CelebA.open: ${name} is empty. Download it again.`);
  refuseDownloadPage(text, name, 'a text file of labels', 'CelebA.open');
  if (verify) checkPublishedSum(name, text);
  return text;
}
