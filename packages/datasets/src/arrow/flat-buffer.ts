/**
 * A table of a FlatBuffer, in which Arrow describes its data. Fields are read by their number in Arrow's schema files;
 * a field that is left out has its default. Each read throws a RangeError if it leads out of the bytes.
 */
export interface FlatTable {
  /** A whole number of 1, 2, 4 or 8 bytes. */
  readonly int: (field: number, bytes: 1 | 2 | 4 | 8, byDefault?: number) => number;
  readonly text: (field: number) => string;
  readonly table: (field: number) => FlatTable | undefined;
  readonly tables: (field: number) => FlatTable[];
  /** A list of structs that begin with two numbers of 8 bytes, or of such numbers alone. */
  readonly longs: (field: number, perEntry: 1 | 2) => number[][];
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The table at the root of a FlatBuffer.
 *
 * Format: https://flatbuffers.dev/internals/. Offsets to tables lead forwards, so that no table contains itself. Tables
 * may be shared; a buffer that has more of them than its bytes could hold apart is refused.
 *
 * @throws {RangeError} an offset or a length leads out of the bytes, or there are too many tables
 */
export function flatBuffer(bytes: Uint8Array): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = bytes.byteLength / 4;
  return tableAt(view.getUint32(0, true));

  function tableAt(at: number): FlatTable {
    if (--left < 0) throw new RangeError('its description has more tables than bytes');
    const offsets = at - view.getInt32(at, true);
    const size = view.getUint16(offsets, true);
    const place = (field: number): number | undefined => {
      const slot = 4 + 2 * field;
      const offset = slot < size ? view.getUint16(offsets + slot, true) : 0;
      return offset === 0 ? undefined : at + offset;
    };
    const target = (field: number): number | undefined => {
      const from = place(field);
      return from === undefined ? undefined : from + view.getUint32(from, true);
    };
    /** The place of each entry of a list. */
    const entries = (field: number, width: number): number[] => {
      const start = target(field);
      if (start === undefined) return [];
      const length = view.getUint32(start, true);
      if (length * width > view.byteLength - start - 4)
        throw new RangeError('a list of its description is longer than the description');
      return Array.from({ length }, (_, i) => start + 4 + i * width);
    };
    return {
      int(field, width, byDefault = 0) {
        const from = place(field);
        if (from === undefined) return byDefault;
        if (width === 8) return long(from);
        if (width === 4) return view.getInt32(from, true);
        return width === 2 ? view.getInt16(from, true) : view.getUint8(from);
      },
      text(field) {
        const from = target(field);
        if (from === undefined) return '';
        const length = view.getUint32(from, true);
        if (length > view.byteLength - from - 4)
          throw new RangeError('a text is longer than the description');
        return UTF8.decode(bytes.subarray(from + 4, from + 4 + length));
      },
      table(field) {
        const from = target(field);
        return from === undefined ? undefined : tableAt(from);
      },
      tables: (field) => entries(field, 4).map((from) => tableAt(from + view.getUint32(from, true))),
      longs: (field, perEntry) =>
        entries(field, 8 * perEntry).map((from) =>
          perEntry === 1 ? [long(from)] : [long(from), long(from + 8)],
        ),
    };
  }

  function long(at: number): number {
    const value = Number(view.getBigInt64(at, true));
    if (Number.isSafeInteger(value)) return value;
    throw new RangeError(`a number of its description is ${value}`);
  }
}
