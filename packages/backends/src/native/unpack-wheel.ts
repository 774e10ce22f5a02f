import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileEntry, Reader, ZipReader } from '@zip.js/zip.js';
import { CUDA_FILES } from './cuda-wheels';
import type { ListedFile } from './listed-files';
import { NativeSetupError } from './native-setup-error';
import { syncFile } from './sync-file';
import type { TensorflowWheel } from './tensorflow-wheel';

// The addon includes fourteen of TensorFlow's 13,000 headers; all of them are here.
const HEADERS =
  /^tensorflow\/include\/(tensorflow\/c\/(eager\/)?\w+|xla\/tsl\/c\/\w+|(tensorflow\/core|tsl)\/platform\/ctstring\w*)\.h$/;

/**
 * Unpacks the shared libraries and the C headers of TensorFlow's wheel into `folder`, checking every checksum of the zip,
 * and returns what was written: the libraries as `libtensorflow_cc.so.2` and so on, the headers under `include/`.
 *
 * @throws {NativeSetupError} `ERR_NATIVE_WHEEL` if the file is damaged or is another wheel
 */
export function unpackWheel(
  path: string,
  folder: string,
  wheel: Pick<TensorflowWheel, 'libraries'>,
  onProgress?: (fraction: number) => void,
): Promise<readonly ListedFile[]> {
  const libraries = wheel.libraries.map((name) => `tensorflow/${name}`);
  const chosen: Chosen = {
    wants: (name) => libraries.includes(name) || HEADERS.test(name),
    needs: libraries,
    targetOf: (name) => name.slice('tensorflow/'.length),
  };
  return unpackFiles(path, folder, chosen, onProgress);
}

/** Unpacks the libraries of one of CUDA's wheels, under the paths that they have in the wheel. Else as `unpackWheel`. */
export function unpackCudaWheel(
  path: string,
  folder: string,
  onProgress?: (fraction: number) => void,
): Promise<readonly ListedFile[]> {
  const chosen: Chosen = { wants: (name) => CUDA_FILES.test(name), needs: [], targetOf: (name) => name };
  return unpackFiles(path, folder, chosen, onProgress);
}

/** Which files of a wheel are unpacked, and where to. */
interface Chosen {
  readonly wants: (name: string) => boolean;
  readonly needs: readonly string[];
  readonly targetOf: (name: string) => string;
}

async function unpackFiles(
  path: string,
  folder: string,
  { wants, needs, targetOf }: Chosen,
  onProgress?: (fraction: number) => void,
): Promise<readonly ListedFile[]> {
  const handle = await open(path, 'r');
  try {
    const zip = new ZipReader(new HandleReader(handle), { useWebWorkers: false, checkSignature: true });
    const entries = (await zip.getEntries()).filter(
      (entry): entry is FileEntry => !entry.directory && wants(entry.filename),
    );
    const missing = needs.filter((name) => !entries.some(({ filename }) => filename === name));
    if (entries.length === 0) missing.push('library');
    if (missing.length) throw new Error(`it holds no ${missing.join(' and no ')}`);
    const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    const files: ListedFile[] = [];
    let done = 0;
    for (const entry of entries) {
      const written = await unpackEntry(entry, folder, targetOf(entry.filename), (bytes) =>
        onProgress?.((done += bytes) / total),
      );
      files.push(written);
    }
    await zip.close();
    return files;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code) throw error;
    throw new NativeSetupError(
      'ERR_NATIVE_WHEEL',
      `${path} is not a usable TensorFlow wheel: ${(error as Error).message}.`,
      'Remove it and run npx thaw-backends setup again.',
      { cause: error },
    );
  } finally {
    await handle.close();
  }
}

async function unpackEntry(
  entry: FileEntry,
  folder: string,
  path: string,
  onBytes: (bytes: number) => void,
): Promise<ListedFile> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  const file = await open(target, 'w', 0o755);
  const hash = createHash('sha256');
  let size = 0;
  try {
    await entry.getData(
      new WritableStream<Uint8Array>({
        async write(chunk) {
          hash.update(chunk);
          await file.writeFile(chunk);
          size += chunk.length;
          onBytes(chunk.length);
        },
      }),
    );
  } finally {
    await file.close();
  }
  await syncFile(target);
  return { path, size, sha256: hash.digest('hex') };
}

class HandleReader extends Reader<FileHandle> {
  constructor(private readonly handle: FileHandle) {
    super(handle);
  }

  override async init(): Promise<void> {
    await super.init?.();
    this.size = (await this.handle.stat()).size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - index)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.handle.read(bytes, filled, bytes.length - filled, index + filled);
      if (bytesRead === 0) throw new Error('it ends too early');
      filled += bytesRead;
    }
    return bytes;
  }
}
