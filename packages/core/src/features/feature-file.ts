import { syncHandle } from '@thawjs/files/sync-handle';
import { joinBytes, sameBytes } from '../bytes';
import { FeatureCacheError } from '../errors';
import type { FileHandle, Hash, NodeModules } from '../platform/node-types';

/**
 * The format of a feature file: the 8 bytes of MAGIC, the SHA-256 of everything after it, the header's length (4 bytes,
 * little-endian), the header as JSON, and the features as rows of little-endian float32 numbers.
 */
const MAGIC = new TextEncoder().encode('THAWFTR1');
const START_BYTES = MAGIC.length + 32 + 4;
const BLOCK = 4 * 2 ** 20;

/** The header of a feature file. */
export interface FeatureFileHeader {
  readonly key: string;
  readonly rows: number;
  /** The shape of one image's features. */
  readonly shape: readonly number[];
}

/** An open feature file whose checksum was right. Close it with `close`. */
export interface FeatureFile {
  /** Reads rows, beginning at `row`, until `into` is full. */
  read(row: number, into: Float32Array): Promise<void>;
  close(): Promise<void>;
}

/** A feature file that is being written under a temporary name. */
export interface FeatureFileWriter {
  append(features: Float32Array): Promise<void>;
  /** Finishes the file, syncs it to the disk and renames it. A file of that name is replaced. */
  moveTo(path: string): Promise<void>;
  /** Removes the file, if it wasn't renamed. */
  discard(): Promise<void>;
}

/** The size of a feature file in bytes. */
export function featureFileBytes(header: FeatureFileHeader): number {
  return START_BYTES + headerBytes(header).length + header.rows * rowBytes(header);
}

/** Whether a file begins with the magic bytes of feature files. */
export async function isFeatureFile({ fs }: NodeModules, path: string): Promise<boolean> {
  const handle = await fs.promises.open(path, 'r');
  try {
    const start = new Uint8Array(MAGIC.length);
    await readFully(handle, start, 0);
    return sameBytes(start, MAGIC);
  } finally {
    await handle.close();
  }
}

/**
 * Opens a feature file and checks its header and checksum.
 *
 * @returns undefined if the file is cut short, damaged, of another format, or has another header.
 * @throws errors of the file system: `ENOENT` if the file doesn't exist.
 */
export async function openFeatureFile(
  { fs, crypto }: NodeModules,
  path: string,
  header: FeatureFileHeader,
): Promise<FeatureFile | undefined> {
  const handle = await fs.promises.open(path, 'r');
  let whole = false;
  try {
    whole = await isWhole(handle, header, crypto.createHash('sha256'));
  } finally {
    if (!whole) await handle.close();
  }
  if (!whole) return undefined;
  const firstRow = START_BYTES + headerBytes(header).length;
  return {
    read: async (row, into) => {
      const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
      if ((await readFully(handle, bytes, firstRow + row * rowBytes(header))) < bytes.length) {
        throw new FeatureCacheError(
          `${path} was cut short while it was open. Delete it, and begin the phase again.`,
        );
      }
    },
    close: () => handle.close(),
  };
}

async function isWhole(handle: FileHandle, header: FeatureFileHeader, hash: Hash): Promise<boolean> {
  const length = featureFileBytes(header);
  if ((await handle.stat()).size !== length) return false;
  const expected = headerBytes(header);
  const found = new Uint8Array(START_BYTES + expected.length);
  await readFully(handle, found, 0);
  if (!sameBytes(found.subarray(0, MAGIC.length), MAGIC)) return false;
  const described = found.subarray(START_BYTES - 4);
  if (!sameBytes(described, joinBytes([lengthBytes(expected), expected]))) return false;
  hash.update(described);
  const block = new Uint8Array(BLOCK);
  for (let position = found.length; position < length; ) {
    const read = await readFully(handle, block.subarray(0, Math.min(BLOCK, length - position)), position);
    if (read === 0) return false;
    hash.update(block.subarray(0, read));
    position += read;
  }
  return sameBytes(hash.digest(), found.subarray(MAGIC.length, MAGIC.length + 32));
}

/** Reads until `into` is full or the file ends. One read of the file system may return fewer bytes. */
async function readFully(handle: FileHandle, into: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Begins a feature file: writes magic and header. */
export async function writeFeatureFile(
  { fs, crypto }: NodeModules,
  path: string,
  header: FeatureFileHeader,
): Promise<FeatureFileWriter> {
  const handle = await fs.promises.open(path, 'wx');
  const hash = crypto.createHash('sha256');
  let moved = false;
  const append = async (bytes: Uint8Array) => {
    hash.update(bytes);
    await handle.appendFile(bytes);
  };
  const writer: FeatureFileWriter = {
    append: ({ buffer, byteOffset, byteLength }) => append(new Uint8Array(buffer, byteOffset, byteLength)),
    async moveTo(target) {
      await handle.write(hash.digest(), 0, 32, MAGIC.length);
      // Synced before the rename: after a power loss, the final name must not have a part of the content.
      await syncHandle({ fs }, handle);
      await handle.close();
      await fs.promises.rename(path, target);
      moved = true;
    },
    async discard() {
      if (moved) return;
      await handle.close();
      await fs.promises.rm(path, { force: true });
    },
  };
  try {
    await handle.appendFile(joinBytes([MAGIC, new Uint8Array(32)]));
    const bytes = headerBytes(header);
    await append(joinBytes([lengthBytes(bytes), bytes]));
  } catch (error) {
    await writer.discard();
    throw error;
  }
  return writer;
}

function headerBytes({ key, rows, shape }: FeatureFileHeader): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ key, rows, shape }));
}

function lengthBytes(header: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  return bytes;
}

function rowBytes({ shape }: FeatureFileHeader): number {
  return 4 * shape.reduce((product, size) => product * size, 1);
}
