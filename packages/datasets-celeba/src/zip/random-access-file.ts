import { close, fstat, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { ZipFormatError } from '../errors';

/** A file that is read by position. */
export interface RandomAccessFile {
  readonly path: string;
  readonly length: number;
  /** The bytes from `start`, `length` of them. */
  readonly read: (start: number, length: number) => Promise<Buffer>;
}

/** A dataset isn't closed by its user. Its file is therefore closed when nothing can read from it any more. */
const forgotten = new FinalizationRegistry<number>((descriptor) => close(descriptor));

/** Opens a file for reads at any position, many at once; it keeps no process alive. */
export async function openRandomAccessFile(path: string): Promise<RandomAccessFile> {
  const descriptor = await promisify(open)(path, 'r');
  const { size } = await promisify(fstat)(descriptor);
  const readAt = promisify(read);
  const file: RandomAccessFile = {
    path,
    length: size,
    read: async (start, length) => {
      const bytes = Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length; ) {
        const { bytesRead } = await readAt(descriptor, bytes, filled, length - filled, start + filled);
        if (bytesRead === 0)
          throw new ZipFormatError(`${path} ends at byte ${start + filled}; was it changed meanwhile?`);
        filled += bytesRead;
      }
      return bytes;
    },
  };
  // registering the reads, not the record: a source holds on to no more than them
  forgotten.register(file.read, descriptor);
  return file;
}
