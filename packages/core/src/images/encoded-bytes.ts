import { NotAnImageError } from '../errors';
import { nodeModules } from '../platform/node';
import { fetchBytes } from '../weights/fetch-bytes';

/** An image file: its place, or its bytes. */
export type EncodedImage = string | URL | Blob | ArrayBuffer | Uint8Array;

/** Whether something is an image file, or the place of one. */
export function isEncodedImage(value: unknown): value is EncodedImage {
  return (
    typeof value === 'string' ||
    value instanceof URL ||
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    value instanceof Uint8Array
  );
}

/**
 * The bytes of an image file.
 *
 * @throws NotAnImageError if there is no such file; DownloadError if a URL can't be fetched
 */
export async function encodedBytes(
  source: EncodedImage,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  const place = String(source);
  const node = nodeModules();
  if (/^(data|blob):/.test(place)) return dataBytes(place);
  if (/^https?:/.test(place) || !node) {
    return fetchBytes(place, { maxBytes, ...(signal && { signal }) });
  }
  try {
    return await node.fs.promises.readFile(place.startsWith('file:') ? node.url.fileURLToPath(place) : place);
  } catch (cause) {
    const { code } = cause as { code?: string };
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(cause);
    throw new NotAnImageError(
      `classify: expected an image at ${place}; ${reason}. Paths are taken from ${node.process.cwd()}.`,
      { cause },
    );
  }
}

async function dataBytes(place: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await (await fetch(place)).arrayBuffer());
  } catch (cause) {
    throw new NotAnImageError(
      `classify: expected an image in the URL ${place.slice(0, 60)}…; it can't be read: ${String(cause)}.`,
      { cause },
    );
  }
}

/** The name of an image file in messages. */
export function nameOf(source: EncodedImage): string {
  if (typeof source === 'string' || source instanceof URL) return String(source).slice(0, 200);
  return source instanceof Blob && 'name' in source ? String(source.name) : 'the given bytes';
}
