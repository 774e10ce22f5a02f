import { joinBytes } from '../bytes';
import { crc32 } from './crc-32';
import { WeightsFileError } from './errors';

/** A file in a zip. */
export interface ZipEntry {
  readonly name: string;
  /** The unpacked size in bytes. */
  readonly size: number;
  /** @throws {WeightsFileError} the data is cut short, has another length or CRC-32, or is packed by a method other than deflate */
  read(): Promise<Uint8Array>;
}

const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;

/** Whether the bytes begin as a zip does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Lists the files of a zip by name, as in the zip's directory. Nothing is written to disk.
 *
 * Names that lead out of the folder (`../`, an absolute path) are refused.
 *
 * @throws {WeightsFileError} the directory can't be read, or names lead out of it
 */
export function readZip(bytes: Uint8Array, source: string): ReadonlyMap<string, ZipEntry> {
  const damaged = (what: string) =>
    new WeightsFileError(`${source}: expected a zip file; ${what}. Download or save it again.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) throw damaged('its directory is missing, so it is cut short');
  const entries = new Map<string, ZipEntry>();
  try {
    let at = end.offset;
    for (let n = 0; n < end.count; n++) {
      if (view.getUint32(at, true) !== CENTRAL) throw damaged('its directory is damaged');
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((o) => view.getUint16(at + o, true));
      const name = textAt(bytes, at + 46, nameLength);
      if (/(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[a-z]:/i.test(name)) {
        throw damaged(`it has a file named "${name}", which leads out of its folder`);
      }
      const sizes = sizesOf(view, at, at + 46 + nameLength, extraLength);
      entries.set(name, entryOf(name, view.getUint16(at + 10, true), view.getUint32(at + 16, true), sizes));
      at += 46 + nameLength + extraLength + commentLength;
    }
  } catch (error) {
    if (error instanceof RangeError) throw damaged('its directory is damaged');
    throw error;
  }
  return entries;

  function entryOf(name: string, method: number, crc: number, { packed, size, offset }: Sizes): ZipEntry {
    return {
      name,
      size,
      async read() {
        const fits = offset + 30 <= bytes.length && view.getUint32(offset, true) === LOCAL;
        const nameLength = fits ? view.getUint16(offset + 26, true) : 0;
        // A directory that gives one file the place and CRC-32 of another is found by the name alone.
        if (!fits || textAt(bytes, offset + 30, nameLength) !== name)
          throw damaged(`"${name}" isn't where its directory says`);
        const start = offset + 30 + nameLength + view.getUint16(offset + 28, true);
        if (start + packed > bytes.length) throw damaged(`"${name}" is cut short`);
        const data = bytes.subarray(start, start + packed);
        if (method !== 0 && method !== 8)
          throw damaged(`"${name}" is packed by method ${method}, which isn't read`);
        const unpacked = method === 0 ? data : await inflated(data, size);
        if (unpacked?.length !== size) {
          throw damaged(`"${name}" doesn't unpack to the ${size} bytes that its directory says`);
        }
        if (crc32(unpacked) !== crc)
          throw damaged(`"${name}" doesn't have the CRC-32 that its directory says`);
        return unpacked;
      },
    };
  }
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return new TextDecoder().decode(bytes.subarray(at, at + length));
}

interface Sizes {
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** The sizes and the offset of an entry. A number that doesn't fit 32 bits is in the extra field of zip64. */
function sizesOf(view: DataView, at: number, extra: number, extraLength: number): Sizes {
  let [packed, size, offset] = [20, 24, 42].map((o) => view.getUint32(at + o, true)) as [
    number,
    number,
    number,
  ];
  for (let field = extra; field + 4 <= extra + extraLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let next = field + 4;
    const long = () => Number(view.getBigUint64((next += 8) - 8, true));
    if (size === FULL_32) size = long();
    if (packed === FULL_32) packed = long();
    if (offset === FULL_32) offset = long();
  }
  return { packed, size, offset };
}

/** The directory's offset and number of entries. Its end record is searched from the zip's end, as a comment may follow. */
function endOfDirectory(view: DataView): { offset: number; count: number } | undefined {
  const earliest = Math.max(0, view.byteLength - 22 - FULL_16);
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const [count, offset] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    if ((count !== FULL_16 && offset !== FULL_32) || at < 20) return { offset, count };
    if (view.getUint32(at - 20, true) !== END_64_LOCATOR) return { offset, count };
    const record = Number(view.getBigUint64(at - 12, true));
    if (record + 56 > view.byteLength || view.getUint32(record, true) !== END_64) return undefined;
    return {
      count: Number(view.getBigUint64(record + 32, true)),
      offset: Number(view.getBigUint64(record + 48, true)),
    };
  }
  return undefined;
}

/** Unpacks bytes. Returns undefined for damaged data, or if the result is larger than announced. */
async function inflated(data: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  const stream = new Blob([Uint8Array.from(data)])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > size) {
        await reader.cancel();
        return undefined;
      }
      chunks.push(part.value);
    }
  } catch {
    return undefined;
  }
  return joinBytes(chunks);
}

/** The first bytes of the records of a zip, as little-endian numbers, and the numbers that say "too large for this field". */
export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;
export const FULL_16 = 0xffff;
export const FULL_32 = 0xffffffff;
