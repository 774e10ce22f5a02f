import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LabelFileError } from '../errors';
import { refuseDownloadPage } from './download-page';
import type { LabelFile } from './label-file';

const inflate = promisify(gunzip);

/**
 * The bytes of a label file, gunzipped where they are gzipped, whatever its name says.
 *
 * @throws {DownloadPageError} it is an HTML page
 * @throws {LabelFileError} it is empty, or gzipped and damaged
 */
export async function readLabelText({ name, read }: LabelFile): Promise<Buffer> {
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
  refuseDownloadPage(text, name, 'a text file of labels');
  return text;
}
