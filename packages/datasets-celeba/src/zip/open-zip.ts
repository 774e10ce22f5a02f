import { basename } from 'node:path';
import { refuseDownloadPage } from '@thawjs/datasets';
import { ZipFormatError } from '../errors';
import { isLabelFile } from '../files/find-label-files';
import { type ImageFiles, isImageName, isWild } from '../images/image-files';
import { openRandomAccessFile, type RandomAccessFile } from './random-access-file';
import { readZipDirectory } from './read-zip-directory';
import { readZipEntry } from './read-zip-entry';

/** A zip, open for reading single entries; its directory is in memory, its entries are not. */
export interface Zip {
  /** Its images; undefined if it has none. */
  readonly images: ImageFiles | undefined;
  /** Reads the entry of this file name, at any depth; undefined if there is none. */
  readonly file: (name: string) => (() => Promise<Uint8Array>) | undefined;
}

/**
 * Opens a zip by reading only its directory. Entries are read later, each from its own place in the file.
 *
 * Entries are looked up by file name, whatever folders they are in, so that no name in the zip ever becomes a path on
 * disk. Cost: 202,599 entries in about 0.2 s.
 *
 * @throws {DownloadPageError} the file is an HTML page
 * @throws {TruncatedZipError} the file begins as a zip and ends before its directory
 * @throws {ZipFormatError} the file isn't a zip, or is damaged
 */
export async function openZip(path: string): Promise<Zip> {
  const file = await openRandomAccessFile(path);
  await checkStart(file);
  const directory = await readZipDirectory(file);
  const entryOf = new Map<string, number>();
  let imageCount = 0;
  directory.names.forEach((name, entry) => {
    if (name.endsWith('/') || name.startsWith('__MACOSX/')) return;
    const fileName = name.slice(name.lastIndexOf('/') + 1);
    if (isImageName(fileName)) imageCount++;
    const other = entryOf.get(fileName);
    if (other !== undefined && (isImageName(fileName) || isLabelFile(fileName))) {
      throw new ZipFormatError(
        `CelebA.open: ${basename(path)} has ${fileName} twice, as ${directory.names[other]} and as ${name}. Download it again, or zip one folder of images alone.`,
      );
    }
    entryOf.set(fileName, entry);
  });
  const images: ImageFiles = {
    where: path,
    zip: true,
    aligned: !directory.names.some((name) => isWild(name)) && !isWild(basename(path)),
    has: (image) => entryOf.has(image),
    source: (chosen) => {
      const entries = Int32Array.from(chosen, (image) => entryOf.get(image)!);
      return {
        read: (index) => readZipEntry(file, directory, entries[index]),
        fingerprint: (index) => `${directory.crcs[entries[index]]} ${directory.sizes[entries[index]]}`,
        locate: (index) => `${directory.names[entries[index]]} in ${path}`,
      };
    },
  };
  return {
    images: imageCount > 0 ? images : undefined,
    file: (name) => {
      const entry = entryOf.get(name);
      return entry === undefined ? undefined : () => readZipEntry(file, directory, entry);
    },
  };
}

async function checkStart(file: RandomAccessFile): Promise<void> {
  const name = basename(file.path);
  if (file.length === 0) throw new ZipFormatError(`CelebA.open: ${name} is empty. Download it again.`);
  const start = await file.read(0, Math.min(file.length, 4096));
  refuseDownloadPage(start, name, 'a zip of images', 'CelebA.open');
  if (start.toString('latin1', 0, 2) !== 'PK') {
    throw new ZipFormatError(
      `CelebA.open: expected ${name} to be a zip; it begins with the bytes ${start.toString('hex', 0, 4)}. Download it again.`,
    );
  }
}
