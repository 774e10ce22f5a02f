import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { ZipFormatError } from '../errors';
import type { RandomAccessFile } from './random-access-file';
import type { ZipDirectory } from './read-zip-directory';

const inflate = promisify(inflateRaw);
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** Local headers repeat the name and add a field or two; with this much to spare one read gets the data as well. */
const SPARE = 128;
/** No CelebA image or label file is larger. An entry that claims a larger size is damaged. */
const LARGEST = 256 * 1024 * 1024;

/**
 * The bytes of one entry, checked by their CRC-32. Deflated bytes are inflated on libuv's threads.
 *
 * @throws {ZipFormatError} the entry is damaged, encrypted, compressed in another way, or larger than 256 MiB
 */
export async function readZipEntry(
  file: RandomAccessFile,
  directory: ZipDirectory,
  entry: number,
): Promise<Buffer> {
  const size = directory.sizes[entry];
  const compressedSize = directory.compressedSizes[entry];
  const method = directory.methods[entry];
  const name = directory.names[entry];
  const fail = (problem: string, cause?: unknown): never => {
    throw new ZipFormatError(`${name} in ${file.path}: ${problem}`, { cause });
  };
  if (directory.flags[entry] & 1) fail('the entry is encrypted');
  if (method !== 0 && method !== 8)
    fail(`the entry is compressed by method ${method}, neither stored nor deflated`);
  if (size > LARGEST || compressedSize > LARGEST)
    fail(`the entry says that it has ${Math.max(size, compressedSize)} bytes`);

  const start = directory.offsets[entry];
  const guess = Math.min(LOCAL_BYTES + Buffer.byteLength(name) + SPARE + compressedSize, file.length - start);
  if (guess < LOCAL_BYTES) fail('the entry lies outside the file');
  const bytes = await file.read(start, guess);
  if (bytes.readUInt32LE(0) !== LOCAL) fail('the entry is not where the directory says');
  const nameEnd = LOCAL_BYTES + bytes.readUInt16LE(26);
  // A directory that gives one entry the place and CRC-32 of another is found by the name alone.
  if (bytes.toString('utf8', LOCAL_BYTES, nameEnd) !== name)
    fail('the entry is not where the directory says');
  const from = nameEnd + bytes.readUInt16LE(28);
  if (start + from + compressedSize > file.length) fail('the entry goes on past the end of the file');
  const data =
    from + compressedSize <= bytes.length
      ? bytes.subarray(from, from + compressedSize)
      : await file.read(start + from, compressedSize);

  const content =
    method === 0
      ? data
      : await inflate(data, { maxOutputLength: Math.max(size, 1) }).catch((error: Error) =>
          fail(`the entry does not inflate to its ${size} bytes (${error.message})`, error),
        );
  if (content.length !== size) fail(`the entry has ${content.length} bytes and should have ${size}`);
  if (crc32(content) !== directory.crcs[entry]) fail('the entry is damaged: its CRC-32 is another');
  return content;
}
