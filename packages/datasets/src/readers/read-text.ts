import { DatasetFileError } from '../errors';
import { nodeModules } from '../platform/node-modules';
import { refuseDownloadPage } from './refuse-download-page';

/** A file of text: a path, a URL, what a page got from an input, or its bytes. */
export type TextSource = string | URL | Blob | Uint8Array;

/**
 * Reads a text, gunzipped where it is gzipped, whatever its name says.
 *
 * @throws {DatasetFileError} it can't be read, is empty, or gzipped and damaged
 * @throws {DownloadPageError} it is an HTML page
 */
export async function readText(caller: string, source: TextSource, expected: string): Promise<string> {
  const name = sourceName(source);
  const fail = (problem: string, cause?: unknown): never => {
    throw new DatasetFileError(`${caller}: ${name} ${problem}.`, { cause });
  };
  let bytes = await sourceBytes(source).catch((error: Error) =>
    fail(`can't be read: ${error.message}`, error),
  );
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    bytes = await gunzipped(bytes).catch((error: Error) =>
      fail('is gzipped and damaged; fetch it again', error),
    );
  }
  if (bytes.length === 0) fail('is empty; fetch it again');
  refuseDownloadPage(bytes, name, expected, caller);
  return new TextDecoder().decode(bytes);
}

/** What a file is called in messages. */
export function sourceName(source: TextSource): string {
  if (typeof source === 'string') return source;
  if (source instanceof URL) return source.href.slice(0, 200);
  return 'name' in source ? String(source.name) : 'the file';
}

async function sourceBytes(source: TextSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  const node = nodeModules();
  if (node && typeof source === 'string' && !isUrl(source)) return node.fs.readFile(source);
  const response = await fetch(source);
  if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
  return new Uint8Array(await response.arrayBuffer());
}

/** Whether a text is a URL that `fetch` takes. */
export function isUrl(text: string): boolean {
  return /^(?:https?|data|blob):/i.test(text);
}

async function gunzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
