import { nodeModules } from '../platform/node';
import type { FileError } from '../platform/node-types';
import { WeightsFileError } from './errors';
import { fetchBytes } from './fetch-bytes';
import type { TransferOptions } from './transfer';
import type { WeightsSource } from './weights-source';

/**
 * Reads the bytes of a file, a URL, a `Blob` or a buffer. Downloaded bytes are neither checked nor cached; see `download`.
 *
 * @throws {WeightsFileError} no such file
 * @throws {DownloadError} the URL can't be fetched
 */
export async function readBytes(source: WeightsSource, options: TransferOptions = {}): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  const node = nodeModules();
  const text = String(source);
  if (/^https?:/.test(text) || node === undefined) return fetchBytes(text, options);
  const path = text.startsWith('file:') ? node.url.fileURLToPath(text) : text;
  try {
    return await node.fs.promises.readFile(path);
  } catch (cause) {
    const { code } = cause as FileError;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'this is a folder' : String(cause);
    throw new WeightsFileError(
      `${path}: expected a weights file; ${reason}. Paths are taken from ${node.process.cwd()}.`,
      {
        cause,
      },
    );
  }
}

/** The name of a source in error messages. */
export function sourceName(source: WeightsSource): string {
  if (typeof source === 'string' || source instanceof URL) return String(source);
  return source instanceof Blob && 'name' in source ? String(source.name) : 'the weights buffer';
}
