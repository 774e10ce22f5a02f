import type { AsyncBuffer } from 'hyparquet';

/** A file in a tar. */
export interface TarEntry {
  readonly name: string;
  /** The offset of the file's content. */
  readonly start: number;
  readonly size: number;
}

const BLOCK = 512;
/** Headers are read ahead in pieces of this size, as most entries are small. */
const WINDOW = 2 ** 18;
/** The largest length of a name or pax record. */
const LONGEST_RECORD = 2 ** 20;

/**
 * Lists the files of a tar (ustar, pax, GNU), whose contents are passed over.
 *
 * @param fail called for a header whose checksum is wrong, and for a tar that is cut off
 */
export async function* tarEntries(
  { byteLength, slice }: AsyncBuffer,
  fail: (problem: string) => never,
): AsyncGenerator<TarEntry> {
  let window = { start: 0, bytes: new Uint8Array(0) };
  const read = async (start: number, length: number): Promise<Uint8Array> => {
    if (start + length > byteLength) fail(`is cut off: it ends at byte ${byteLength}, within an entry`);
    if (start < window.start || start + length > window.start + window.bytes.length) {
      const end = Math.min(byteLength, start + Math.max(length, WINDOW));
      window = { start, bytes: new Uint8Array(await slice(start, end)) };
    }
    return window.bytes.subarray(start - window.start, start - window.start + length);
  };
  let longName: string | undefined;
  let pax: ReadonlyMap<string, string> = new Map();
  for (let at = 0; at + BLOCK <= byteLength; ) {
    const header = (await read(at, BLOCK)).slice();
    if (header.every((byte) => byte === 0)) return;
    if (!isWhole(header)) fail(`is no tar, or a damaged one, at byte ${at}`);
    const kind = String.fromCharCode(header[156]);
    const ownSize = pax.get('size');
    const size = ownSize === undefined ? numberOf(header.subarray(124, 136)) : Number(ownSize);
    const start = at + BLOCK;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > byteLength)
      fail(`is cut off, or damaged: an entry at byte ${at} has ${size} bytes`);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if ((kind === 'L' || kind === 'x') && size > LONGEST_RECORD) fail(`is damaged: a name has ${size} bytes`);
    if (kind === 'L') longName = textOf(await read(start, size));
    else if (kind === 'x') pax = paxRecords(new TextDecoder().decode(await read(start, size)));
    else if (kind !== 'g') {
      const prefix = textOf(header.subarray(345, 500));
      const short = textOf(header.subarray(0, 100));
      const isUstar = textOf(header.subarray(257, 262)) === 'ustar';
      const name = pax.get('path') ?? longName ?? (isUstar && prefix !== '' ? `${prefix}/${short}` : short);
      longName = undefined;
      pax = new Map();
      if (kind === '0' || kind === '\0') yield { name, start, size };
    }
  }
}

/** Whether the sum of the header's bytes is the one it has; its own eight bytes count as spaces. */
function isWhole(header: Uint8Array): boolean {
  let sum = 8 * 32;
  header.forEach((byte, i) => {
    if (i < 148 || i >= 156) sum += byte;
  });
  return sum === numberOf(header.subarray(148, 156));
}

/** Octal digits, or GNU's base 256 with the first bit set. */
function numberOf(field: Uint8Array): number {
  if (field[0] & 0x80)
    return field.subarray(1).reduce((number, byte) => 256 * number + byte, field[0] & 0x7f);
  const text = textOf(field).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

/** Records as `27 path=some/long/name\n`, the number being the record's own length. */
function paxRecords(text: string): Map<string, string> {
  const records = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, value] = /^\d+ ([^=]+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined) records.set(key, value);
  }
  return records;
}
