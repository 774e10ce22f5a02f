import { DatasetOptionError } from '../errors';

/** Bytes that are looked at to tell UTF-16 without a byte order mark. */
const PROBE = 4096;
const LF = 10;

/**
 * Decodes a text file: UTF-8, or UTF-16 by its byte order mark or its zero bytes, or in the encoding that is asked for.
 *
 * No byte is ever replaced by U+FFFD: a file that is no UTF-8 is refused until its encoding is named, as Latin-1, Windows-1250
 * and Shift JIS can't be told apart.
 *
 * @param encoding a name of https://encoding.spec.whatwg.org, as `'windows-1252'` (which `'latin1'` is too) or `'utf-16le'`
 * @param fail called with the problem of the file
 * @throws {DatasetOptionError} there is no such encoding
 */
export function decodeText(
  bytes: Uint8Array,
  { caller, encoding, fail }: { caller: string; encoding?: string; fail: (problem: string) => never },
): string {
  const decoder = decoderOf(caller, encoding ?? utf16Of(bytes) ?? 'utf-8');
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) fail(`is too long for one text (${(error as Error).message})`);
    return fail(
      encoding === undefined
        ? `is no UTF-8 (${firstWrongLine(bytes)}); name its encoding: { encoding: 'windows-1252' } for Latin-1 and Excel's Western European files, or another`
        : `is no ${decoder.encoding}; name another encoding, or leave the option out`,
    );
  }
}

function decoderOf(caller: string, encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new DatasetOptionError(
      `${caller}: expected encoding as a name such as 'utf-8', 'utf-16le', 'windows-1252' or 'shift_jis'; received "${encoding}".`,
    );
  }
}

/** UTF-16 by its byte order mark, or because most of every second byte is zero, as in any text of Latin letters. */
function utf16Of(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const length = Math.min(bytes.length, PROBE) & ~1;
  const zeros = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1]++;
  const mostly = length / 4;
  if (zeros[1] > mostly && zeros[0] === 0) return 'utf-16le';
  if (zeros[0] > mostly && zeros[1] === 0) return 'utf-16be';
  return undefined;
}

/** The first line that UTF-8 can't have, and its beginning; no character of UTF-8 has the byte of a line break in it. */
function firstWrongLine(bytes: Uint8Array): string {
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const at = bytes.indexOf(LF, start);
    const end = at === -1 ? bytes.length : at;
    const content = bytes.subarray(start, end);
    try {
      decoderOf('', 'utf-8').decode(content);
    } catch {
      return `line ${line}, "${new TextDecoder('windows-1252').decode(content).slice(0, 60)}" if it is Latin-1`;
    }
    start = end + 1;
  }
  return 'its end is cut off';
}
