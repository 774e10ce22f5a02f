import { joinBytes } from '../bytes';
import { crc32 } from './crc-32';
import { CENTRAL, END, FULL_16, FULL_32, LOCAL } from './read-zip';

/** The version of the zip format that stored files need. */
const VERSION = 20;
/** The flag that says that names are UTF-8. */
const UTF_8 = 0x0800;
/** The first day that a zip can state. Contents alone determine the bytes, so no real date is written. */
const FIRST_DAY = (1 << 5) | 1;

/**
 * The bytes of a zip with the given files, in their order, stored without compression.
 *
 * @throws {RangeError} the zip is 4 GiB or larger, or has more than 65,534 files
 */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const local = header(LOCAL, name, content);
    directory.push(header(CENTRAL, name, content, offset));
    parts.push(local, content);
    offset += local.length + content.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  if (offset + size >= FULL_32 || directory.length >= FULL_16) {
    throw new RangeError(
      `zip: expected less than 4 GiB in less than 65,535 files; received ${offset} bytes.`,
    );
  }
  const end = fields([END, 4], [0, 2], [0, 2], [directory.length, 2], [directory.length, 2], [size, 4]);
  return joinBytes([...parts, ...directory, end, fields([offset, 4], [0, 2])]);
}

/** The header in front of a file, or with an offset, the file's entry in the directory. */
function header(signature: number, name: string, content: Uint8Array, offset?: number): Uint8Array {
  const isEntry = offset !== undefined;
  const nameBytes = new TextEncoder().encode(name);
  const shared = fields(
    [VERSION, 2],
    [UTF_8, 2],
    [0, 2], // stored
    [0, 2], // time of day
    [FIRST_DAY, 2],
    [crc32(content), 4],
    [content.length, 4],
    [content.length, 4],
    [nameBytes.length, 2],
    [0, 2], // extra field
  );
  const front = isEntry ? fields([signature, 4], [VERSION, 2]) : fields([signature, 4]);
  // Comment, disk, and two kinds of file attributes come between the lengths and the offset.
  const back = isEntry ? fields([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]) : new Uint8Array();
  return joinBytes([front, shared, back, nameBytes]);
}

/** Little-endian numbers, each with its number of bytes. */
function fields(...numbers: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}
