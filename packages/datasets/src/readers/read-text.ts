import { DatasetFileError, LimitExceededError } from '../errors';
import { checkedLimits, type Limits, limitExceeded } from '../limits/limits';
import { nodeModules } from '../platform/node-modules';
import { decodeText } from './decode-text';
import { knownBinary } from './known-binary';
import { refuseDownloadPage } from './refuse-download-page';

/** A file of text: a path, a URL, what a page got from an input, or its bytes. */
export type TextSource = string | URL | Blob | Uint8Array;

/** How a file of text is read. */
export interface ReadingOptions {
  /**
   * The encoding, by its name in https://encoding.spec.whatwg.org; default UTF-8, or UTF-16 if the bytes show it. A file in
   * another encoding is an error until it is named: `'windows-1252'` is Latin-1 and what Excel writes in Western Europe.
   */
  readonly encoding?: string;
  /** Limits on the cost of one input; a larger one is a `LimitExceededError`. */
  readonly limits?: Limits;
}

/**
 * Reads a text. Gzipped content is unzipped, whatever the file's name.
 *
 * @throws {DatasetFileError} it can't be read, is empty, in another encoding, or gzipped and damaged
 * @throws {DownloadPageError} it is an HTML page
 * @throws {LimitExceededError} it has more bytes than `limits.inflatedBytes`
 */
export async function readText(
  caller: string,
  source: TextSource,
  expected: string,
  { encoding, limits }: ReadingOptions = {},
): Promise<string> {
  const name = sourceName(source);
  const checked = checkedLimits(caller, limits);
  const fail = (problem: string, cause?: unknown): never => {
    throw new DatasetFileError(`${caller}: ${name} ${problem}.`, { cause });
  };
  let bytes = await readWhole(caller, source, checked);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const inflated = new Blob([bytes as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new DecompressionStream('gzip'));
    const tooLarge = () => tooManyBytes(caller, name, checked);
    bytes = await collected(inflated, checked.inflatedBytes, tooLarge).catch((error: Error) => {
      if (error instanceof LimitExceededError) throw error;
      return fail('is gzipped and damaged; fetch it again', error);
    });
    if (bytes.length === 0) fail('is empty; fetch it again');
  }
  if (String.fromCharCode(...bytes.subarray(0, 4)) === 'PK\x03\x04')
    fail(
      'is a zip, as .xlsx and .ods files are too; open an .xlsx with openXlsx, unpack a zip, or save the sheet as CSV',
    );
  const other = knownBinary(bytes);
  if (other !== undefined) fail(other);
  refuseDownloadPage(bytes, name, expected, caller);
  return decodeText(bytes, { caller, fail, ...(encoding !== undefined && { encoding }) });
}

/**
 * Reads all bytes of a file.
 *
 * @throws {DatasetFileError} it can't be read, or is empty
 * @throws {LimitExceededError} a server sends more than `limits.inflatedBytes`
 */
export async function readWhole(
  caller: string,
  source: TextSource,
  limits: Required<Limits>,
): Promise<Uint8Array> {
  const name = sourceName(source);
  const bytes = await sourceBytes(source, limits.inflatedBytes, () =>
    tooManyBytes(caller, name, limits),
  ).catch((error: Error) => {
    if (error instanceof LimitExceededError) throw error;
    throw new DatasetFileError(`${caller}: ${name} can't be read: ${error.message}.`, { cause: error });
  });
  if (bytes.length > 0) return bytes;
  throw new DatasetFileError(`${caller}: ${name} is empty; fetch it again.`);
}

function tooManyBytes(caller: string, name: string, limits: Required<Limits>): LimitExceededError {
  return limitExceeded(limits, 'inflatedBytes', `${caller}: ${name}`, 'more, or a stream without an end');
}

/** The name of a file in messages. */
export function sourceName(source: TextSource): string {
  if (typeof source === 'string') return source;
  if (source instanceof URL) return source.href.slice(0, 200);
  return 'name' in source ? String(source.name) : 'the file';
}

async function sourceBytes(source: TextSource, most: number, tooLarge: () => Error): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  const node = nodeModules();
  const isOnDisk = typeof source === 'string' ? !isUrl(source) : source.protocol === 'file:';
  if (node && isOnDisk) return node.fs.readFile(source);
  const response = await fetch(source);
  if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
  return response.body ? collected(response.body, most, tooLarge) : new Uint8Array(0);
}

/** All bytes of a stream, which is left as soon as it has more than `most`. */
async function collected(
  stream: ReadableStream<Uint8Array>,
  most: number,
  tooLarge: () => Error,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(length);
  let start = 0;
  for (const piece of pieces) {
    bytes.set(piece, start);
    start += piece.length;
  }
  return bytes;
}

/** Whether a text is a URL that `fetch` takes. */
export function isUrl(text: string): boolean {
  return /^(?:https?|data|blob):/i.test(text);
}
