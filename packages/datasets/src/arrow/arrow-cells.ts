import type { ArrowField } from './arrow-field';
import type { ArrowPart } from './arrow-part';

/** The bytes of a buffer of a part, which begin at a place that all numbers may begin at. */
export type BufferBytes = (part: ArrowPart, number: number) => Uint8Array<ArrayBuffer>;

/** The cells of each dictionary by its number. */
export type Dictionaries = ReadonlyMap<number, readonly unknown[]>;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The cells of one part: numbers (beyond 2^53 as bigint), booleans, texts, bytes, lists, objects of the fields of a
 * struct, and null. Times are numbers in their own unit.
 *
 * @throws {RangeError} buffers are shorter than the cells need, or places in them don't ascend
 * @throws {TypeError} a text isn't UTF-8
 */
export function arrowCells(part: ArrowPart, bytes: BufferBytes, dictionaries: Dictionaries): unknown[] {
  const { field, length } = part;
  const cellAt = cellReader(part, bytes, dictionaries);
  const isValid = field.kind === 'null' ? () => false : validity(part, bytes);
  return Array.from({ length }, (_, row) => (isValid(row) ? cellAt(row) : null));
}

/** Whether the cell of a row isn't null. */
export function validity(part: ArrowPart, bytes: BufferBytes): (row: number) => boolean {
  if (part.nullCount === 0) return () => true;
  const bits = needed(part, bytes(part, 0), Math.ceil(part.length / 8));
  return (row) => bit(bits, row);
}

/** Where the cell of each row begins, and where the last one ends, among the `most` entries that they are taken from. */
export function offsets(part: ArrowPart, bytes: BufferBytes, most: number): ArrayLike<number> {
  if (part.length === 0) return [0];
  const count = part.length + 1;
  const raw = needed(part, bytes(part, 1), count * (part.field.isLarge ? 8 : 4));
  const places = part.field.isLarge
    ? Float64Array.from(new BigInt64Array(raw.buffer, 0, count), Number)
    : new Int32Array(raw.buffer, 0, count);
  let last = 0;
  for (const place of places) {
    if (place < last) throw new RangeError(`${named(part)} has places that don't ascend`);
    last = place;
  }
  if (last > most) throw new RangeError(`${named(part)} has cells that end behind their values`);
  return places;
}

function cellReader(
  part: ArrowPart,
  bytes: BufferBytes,
  dictionaries: Dictionaries,
): (row: number) => unknown {
  const { field, length, children } = part;
  const childCells = () => children.map((child) => arrowCells(child, bytes, dictionaries));
  switch (field.kind) {
    case 'int':
      return numbers(part, bytes);
    case 'float': {
      const raw = needed(part, bytes(part, 1), (length * field.width) / 8);
      if (field.width === 16) throw unread(field);
      const values =
        field.width === 32 ? new Float32Array(raw.buffer) : new Float64Array(raw.buffer, 0, length);
      return (row) => values[row];
    }
    case 'bool': {
      const bits = needed(part, bytes(part, 1), Math.ceil(length / 8));
      return (row) => bit(bits, row);
    }
    case 'bytes':
    case 'text': {
      const values = bytes(part, 2);
      const places = offsets(part, bytes, values.length);
      const cell = (row: number) => values.subarray(places[row], places[row + 1]);
      return field.kind === 'bytes' ? cell : (row) => UTF8.decode(cell(row));
    }
    case 'fixed-bytes': {
      const { width } = field;
      const values = needed(part, bytes(part, 1), length * sized(part));
      return (row) => values.subarray(row * width, (row + 1) * width);
    }
    case 'list': {
      const places = offsets(part, bytes, onlyChild(part).length);
      const [cells] = childCells();
      return (row) => cells.slice(places[row], places[row + 1]);
    }
    case 'fixed-list': {
      const { width } = field;
      if (length * sized(part) > onlyChild(part).length)
        throw new RangeError(`${named(part)} has too few entries`);
      const [cells] = childCells();
      return (row) => cells.slice(row * width, (row + 1) * width);
    }
    case 'struct': {
      if (children.length === 0) throw unread(field);
      if (children.some((child) => child.length < length))
        throw new RangeError(`${named(part)} has too few entries`);
      const cells = childCells();
      return (row) => Object.fromEntries(children.map((child, i) => [child.field.name, cells[i][row]]));
    }
    case 'dictionary': {
      const values = dictionaries.get(field.dictionary!.id) ?? [];
      const index = numbers(part, bytes);
      return (row) => {
        const at = Number(index(row));
        if (at < 0 || at >= values.length)
          throw new RangeError(`${named(part)} has a cell ${at} of a dictionary of ${values.length}`);
        return values[at];
      };
    }
    default:
      if (field.kind === 'null' && length === 0) return () => null;
      throw unread(field);
  }
}

function numbers(part: ArrowPart, bytes: BufferBytes): (row: number) => number | bigint {
  const { length } = part;
  const { width, isSigned } = part.field;
  const { buffer } = needed(part, bytes(part, 1), (length * width) / 8);
  if (width === 64) {
    const longs = isSigned ? new BigInt64Array(buffer, 0, length) : new BigUint64Array(buffer, 0, length);
    return (row) => (Number.isSafeInteger(Number(longs[row])) ? Number(longs[row]) : longs[row]);
  }
  const values = new (arrayOf(part.field))(buffer, 0, length);
  return (row) => values[row];
}

function arrayOf(field: ArrowField) {
  const { width, isSigned } = field;
  if (width === 32) return isSigned ? Int32Array : Uint32Array;
  if (width === 16) return isSigned ? Int16Array : Uint16Array;
  if (width === 8) return isSigned ? Int8Array : Uint8Array;
  throw unread(field);
}

function needed(part: ArrowPart, buffer: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (buffer.length >= length) return buffer;
  throw new RangeError(`${named(part)} has ${buffer.length} bytes where ${length} are needed`);
}

/** The width of cells of a fixed size. */
function sized(part: ArrowPart): number {
  if (part.field.width > 0) return part.field.width;
  throw unread(part.field);
}

function onlyChild({ children, field }: ArrowPart): ArrowPart {
  if (children.length === 1) return children[0];
  throw new RangeError(`the list "${field.name}" has ${children.length} columns within it`);
}

function unread({ name, type }: ArrowField): RangeError {
  return new RangeError(`the column "${name}" is of Arrow's type ${type}, which isn't read`);
}

function named({ field }: ArrowPart): string {
  return `the column "${field.name}"`;
}

function bit(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] >> (at & 7)) & 1) === 1;
}
