import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { refuseDownloadPage } from '@thawjs/datasets';
import { LabelFileError } from '../errors';
import type { LabelFile } from './label-file';
import { checkPublishedSum } from './published-sums';

const inflate = promisify(gunzip);

/**
 * The bytes of a label file, gunzipped where they are gzipped, whatever its name says.
 *
 * @throws {DownloadPageError} it is an HTML page
 * @param verify whether its md5 must be the published one
 * @throws {ChecksumError} it is not
 * @throws {LabelFileError} it is empty, or gzipped and damaged
 */
export async function readLabelText({ name, read }: LabelFile, verify = false): Promise<Buffer> {
  const bytes = await read();
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text[0] === 0x1f && text[1] === 0x8b) {
    try {
      text = await inflate(text);
    } catch (error) {
      throw new LabelFileError(
        `CelebA.open: ${name} is gzipped and damaged (${(error as Error).message}). Download it again.`,
        { cause: error },
      );
    }
  }
  if (text.length === 0) throw new LabelFileError(`CelebA.open: ${name} is empty. Download it again.`);
  refuseDownloadPage(text, name, 'a text file of labels', 'CelebA.open');
  if (verify) checkPublishedSum(name, text);
  return text;
}
