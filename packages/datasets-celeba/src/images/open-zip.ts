import { close, fstat, open, read } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { ZipEntry } from 'unzipit';
import { TruncatedZipError, ZipFormatError } from '../errors';
import { refuseDownloadPage } from '../files/download-page';
import { type ImageFiles, isImageName } from './image-files';

/** A zip, open for reading single entries; its directory is in memory, its entries are not. */
export interface Zip {
  readonly images: ImageFiles | undefined;
  /** Bytes of the entry with this file name, at any depth; undefined where there is none. */
  readonly file: (name: string) => (() => Promise<Uint8Array>) | undefined;
}

/** The file stays open as long as someone can still read an image from it. */
const forgotten = new FinalizationRegistry<number>((descriptor) => close(descriptor));

/** The end record of a zip is 22 bytes and a comment of up to 65,535. */
const END_RECORD = 22 + 65_535;
/** No CelebA image or label file is larger; an entry that says it is would only fill the memory. */
const LARGEST_ENTRY = 512 * 1024 * 1024;

/**
 * Opens a zip by its directory alone (unzipit, MIT); entries are read later, each by its own place in the file.
 *
 * Cost: 202,599 entries in about 0.7 s.
 *
 * @throws {DownloadPageError} the file is an HTML page
 * @throws {TruncatedZipError} the file begins as a zip and ends before its directory
 * @throws {ZipFormatError} the file is no zip, or a damaged one
 */
export async function openZip(path: string): Promise<Zip> {
  const name = basename(path);
  const reader = await fileReader(path);
  await checkZip(reader, name);
  const { unzipRaw } = await import('unzipit');
  const { entries } = await unzipRaw(reader).catch((error: Error) => {
    throw new ZipFormatError(
      `CelebA.open: ${name} has a damaged directory (${error.message}). Download it again.`,
      { cause: error },
    );
  });

  const byName = new Map<string, ZipEntry>();
  let imageCount = 0;
  for (const entry of entries) {
    if (entry.isDirectory || entry.name.startsWith('__MACOSX/')) continue;
    const fileName = entry.name.slice(
      Math.max(entry.name.lastIndexOf('/'), entry.name.lastIndexOf('\\')) + 1,
    );
    if (isImageName(fileName)) imageCount++;
    byName.set(fileName, entry);
  }
  const readEntry = async (entry: ZipEntry): Promise<Uint8Array> => {
    if (entry.encrypted) throw new Error('the zip entry is encrypted');
    if (entry.size > LARGEST_ENTRY) throw new Error(`the zip entry says that it has ${entry.size} bytes`);
    return new Uint8Array(await entry.arrayBuffer());
  };
  const images: ImageFiles = {
    where: path,
    has: (image) => byName.has(image),
    source: (names) => {
      const chosen = names.map((image) => byName.get(image)!);
      return {
        read: (index) => readEntry(chosen[index]!),
        locate: (index) => `${chosen[index]!.name} in ${path}`,
      };
    },
  };
  return {
    images: imageCount > 0 ? images : undefined,
    file: (wanted) => {
      const entry = byName.get(wanted);
      return entry && (() => readEntry(entry));
    },
  };
}

interface FileReader {
  getLength(): Promise<number>;
  read(offset: number, size: number): Promise<Uint8Array<ArrayBuffer>>;
}

async function fileReader(path: string): Promise<FileReader> {
  const descriptor = await promisify(open)(path, 'r');
  const { size: length } = await promisify(fstat)(descriptor);
  const reader: FileReader = {
    getLength: async () => length,
    read: async (offset, size) => {
      const bytes = new Uint8Array(size);
      let filled = 0;
      while (filled < size) {
        const { bytesRead } = await promisify(read)(
          descriptor,
          bytes,
          filled,
          size - filled,
          offset + filled,
        );
        if (bytesRead === 0) throw new Error(`${path} ends at byte ${offset + filled}`);
        filled += bytesRead;
      }
      return bytes;
    },
  };
  forgotten.register(reader, descriptor);
  return reader;
}

async function checkZip(reader: FileReader, name: string): Promise<void> {
  const length = await reader.getLength();
  if (length === 0) throw new ZipFormatError(`CelebA.open: ${name} is empty. Download it again.`);
  const start = Buffer.from(await reader.read(0, Math.min(length, 4096)));
  refuseDownloadPage(start, name, 'a zip of images');
  if (start.toString('latin1', 0, 2) !== 'PK') {
    throw new ZipFormatError(
      `CelebA.open: expected ${name} to be a zip; it begins with the bytes ${start.toString('hex', 0, 4)}. Download it again.`,
    );
  }
  const tail = Math.min(length, END_RECORD);
  const end = Buffer.from(await reader.read(length - tail, tail));
  if (!end.includes('PK\x05\x06', 0, 'latin1')) {
    throw new TruncatedZipError(
      `CelebA.open: ${name} is cut off: it ends after ${length.toLocaleString('en-US')} bytes without a zip's directory (the official img_align_celeba.zip has 1,443,490,838 bytes). Download it again, or resume the download.`,
    );
  }
}
