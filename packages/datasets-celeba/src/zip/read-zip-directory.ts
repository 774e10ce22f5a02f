import { basename } from 'node:path';
import { TruncatedZipError, ZipFormatError } from '../errors';
import type { RandomAccessFile } from './random-access-file';

/** The directory of a zip, column by column, because collecting 202,599 objects would take half a second. */
export interface ZipDirectory {
  /** The entries' full names. */
  readonly names: readonly string[];
  /** The offset of each entry's local header. */
  readonly offsets: Float64Array;
  readonly compressedSizes: Float64Array;
  readonly sizes: Float64Array;
  readonly crcs: Uint32Array;
  /** 0 stored, 8 deflated. */
  readonly methods: Uint16Array;
  readonly flags: Uint16Array;
}

const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const END64 = 0x06064b50;
const END64_BYTES = 56;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_BYTES = 20;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const IN_ZIP64 = 0xffffffff;

/**
 * Reads the directory at a zip's end, zip64 or not (PKWARE APPNOTE 6.3.10, 4.3.12–4.3.16). Entries are counted by
 * walking: writers without zip64 give the number of entries modulo 65,536, and CelebA has 202,599.
 *
 * @throws {TruncatedZipError} there is no directory at the end
 * @throws {ZipFormatError} it is damaged
 */
export async function readZipDirectory(file: RandomAccessFile): Promise<ZipDirectory> {
  const name = basename(file.path);
  const { start, size } = await locate(file, name);
  if (start + size > file.length) {
    throw new ZipFormatError(
      `CelebA.open: ${name} is damaged: its directory should lie at bytes ${start} to ${start + size}, and it has ${file.length}. Download it again.`,
    );
  }
  return parse(await file.read(start, size), name);
}

async function locate(file: RandomAccessFile, name: string): Promise<{ start: number; size: number }> {
  const tailStart = Math.max(0, file.length - END_BYTES - LONGEST_COMMENT);
  const tail = await file.read(tailStart, file.length - tailStart);
  let at = tail.length - END_BYTES;
  while (
    at >= 0 &&
    !(tail.readUInt32LE(at) === END && at + END_BYTES + tail.readUInt16LE(at + 20) <= tail.length)
  ) {
    at--;
  }
  if (at < 0) {
    throw new TruncatedZipError(
      `CelebA.open: ${name} is cut off: it ends after ${file.length.toLocaleString('en-US')} bytes without a zip's directory (the official img_align_celeba.zip has 1,443,490,838 bytes). Download it again, or resume the download.`,
    );
  }
  const end = { start: tail.readUInt32LE(at + 16), size: tail.readUInt32LE(at + 12) };
  const locator = tailStart + at - LOCATOR64_BYTES;
  if (locator < 0) return end;
  const record = await file.read(locator, LOCATOR64_BYTES);
  if (record.readUInt32LE(0) !== LOCATOR64) return end;
  const position = Number(record.readBigUInt64LE(8));
  if (position + END64_BYTES > file.length) return end;
  const end64 = await file.read(position, END64_BYTES);
  if (end64.readUInt32LE(0) !== END64) return end;
  return { start: Number(end64.readBigUInt64LE(48)), size: Number(end64.readBigUInt64LE(40)) };
}

function parse(bytes: Buffer, name: string): ZipDirectory {
  const most = Math.floor(bytes.length / ENTRY_BYTES);
  const names: string[] = [];
  const offsets = new Float64Array(most);
  const compressedSizes = new Float64Array(most);
  const sizes = new Float64Array(most);
  const crcs = new Uint32Array(most);
  const methods = new Uint16Array(most);
  const flags = new Uint16Array(most);
  let at = 0;
  while (at < bytes.length) {
    const entry = names.length;
    const fits = at + ENTRY_BYTES <= bytes.length && bytes.readUInt32LE(at) === ENTRY;
    const nameEnd = fits ? at + ENTRY_BYTES + bytes.readUInt16LE(at + 28) : 0;
    const extraEnd = fits ? nameEnd + bytes.readUInt16LE(at + 30) : 0;
    const next = fits ? extraEnd + bytes.readUInt16LE(at + 32) : 0;
    if (!fits || next > bytes.length) {
      throw new ZipFormatError(
        `CelebA.open: ${name} is damaged: entry ${entry} of its directory can't be read. Download it again.`,
      );
    }
    flags[entry] = bytes.readUInt16LE(at + 8);
    methods[entry] = bytes.readUInt16LE(at + 10);
    crcs[entry] = bytes.readUInt32LE(at + 16);
    compressedSizes[entry] = bytes.readUInt32LE(at + 20);
    sizes[entry] = bytes.readUInt32LE(at + 24);
    offsets[entry] = bytes.readUInt32LE(at + 42);
    // the zip64 field has, in this order, those of the three that don't fit into 32 bits
    const large = [sizes, compressedSizes, offsets].filter((column) => column[entry] === IN_ZIP64);
    if (large.length > 0) {
      zip64Values(bytes.subarray(nameEnd, extraEnd)).forEach((value, i) => {
        if (i < large.length) large[i][entry] = value;
      });
    }
    names.push(bytes.toString('utf8', at + ENTRY_BYTES, nameEnd));
    at = next;
  }
  return { names, offsets, compressedSizes, sizes, crcs, methods, flags };
}

function zip64Values(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1 && end <= extra.length) {
      const values: number[] = [];
      for (let value = at + 4; value + 8 <= end; value += 8)
        values.push(Number(extra.readBigUInt64LE(value)));
      return values;
    }
    at = end;
  }
  return [];
}
