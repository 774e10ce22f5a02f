import { StudioError } from '../project/studio-error';
import { fileKind, type IncomingFile } from './incoming-file';

/** The limits of a zip. A zip of a few kilobytes can inflate to more than any memory. */
export interface ZipLimits {
  /** The most inflated bytes of one file in the zip. */
  readonly fileBytes: number;
  /** The most inflated bytes of all files in the zip together. */
  readonly allBytes: number;
  readonly files: number;
}

const ZIP_LIMITS: ZipLimits = { fileBytes: 100 * 2 ** 20, allBytes: 4 * 2 ** 30, files: 50_000 };

/**
 * The images and label files of a zip, one at a time. Zips within the zip stay closed.
 *
 * The sizes that the zip declares are checked first. The inflated bytes are counted, too, because declared sizes can be
 * wrong.
 *
 * @param onProblem called for each file that can't be read; the other files follow
 * @throws StudioError if this isn't a zip, or if it has more files or bytes than the limits allow
 */
export async function* readZip(
  zip: Blob & { readonly name?: string },
  onProblem: (problem: string) => void,
  limits: ZipLimits = ZIP_LIMITS,
): AsyncGenerator<IncomingFile> {
  const { BlobReader, ZipReader, configure } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  const name = zip.name ?? 'the zip';
  const reader = new ZipReader(new BlobReader(zip));
  try {
    const entries = await reader.getEntries().catch((error: unknown) => {
      throw new StudioError(`"${name}" can't be read as a zip (${reasonOf(error)}). Make the zip again.`);
    });
    const wanted = entries.filter(
      (entry) =>
        !entry.directory &&
        ['image', 'csv', 'json'].includes(fileKind({ path: entry.filename, file: new File([], '') })),
    );
    if (wanted.length > limits.files) {
      throw new StudioError(
        `"${name}" has ${wanted.length} files; ${limits.files} can be opened. Make several zips of it.`,
      );
    }
    let all = 0;
    for (const entry of wanted) {
      if (entry.directory) continue;
      if (entry.encrypted) {
        throw new StudioError(`"${name}" is locked by a password. Make a zip without one.`);
      }
      const left = Math.min(limits.fileBytes, limits.allBytes - all);
      try {
        if (entry.uncompressedSize > left) throw new TooLarge();
        const { writable, bytes } = counted(left);
        await entry.getData(writable);
        const parts = bytes();
        const file = new File(parts, entry.filename.split('/').at(-1) ?? entry.filename);
        all += file.size;
        yield { path: entry.filename, file };
      } catch (error) {
        if (!(error instanceof TooLarge)) {
          onProblem(`"${entry.filename}" in "${name}" is damaged (${reasonOf(error)}).`);
        } else if (left < limits.fileBytes) {
          throw new StudioError(
            `"${name}" inflates to more than ${megabytes(limits.allBytes)}. Make several zips of it.`,
          );
        } else {
          onProblem(
            `"${entry.filename}" in "${name}" has more than ${megabytes(limits.fileBytes)} and was left out.`,
          );
        }
      }
    }
  } finally {
    await reader.close();
  }
}

class TooLarge extends Error {}

/** A stream that keeps the bytes written to it, up to a limit. */
function counted(limit: number): {
  writable: WritableStream<Uint8Array>;
  bytes: () => Uint8Array<ArrayBuffer>[];
} {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const writable = new WritableStream<Uint8Array>({
    write(part) {
      size += part.length;
      if (size > limit) throw new TooLarge();
      parts.push(part.slice());
    },
  });
  return { writable, bytes: () => parts };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en-US')} MB`;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
