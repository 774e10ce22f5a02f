import type { ArrowField } from './arrow-field';
import type { FlatTable } from './flat-buffer';

/** A run of bytes of a file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The cells of a column, or of a column within one, in one batch. */
export interface ArrowPart {
  readonly field: ArrowField;
  readonly length: number;
  readonly nullCount: number;
  readonly buffers: readonly ByteRange[];
  readonly children: readonly ArrowPart[];
  /** The codec of the buffers: 0 is LZ4, 1 is zstd; undefined if they aren't compressed. */
  readonly codec?: number;
}

/** The metadata version from which on unions have no buffer of valid rows. */
const VERSION_5 = 4;

/**
 * The parts of a record batch, one per field.
 *
 * @param body where the batch's buffers lie in the file
 * @throws {RangeError} the batch describes other parts than the fields, or buffers that its body can't hold apart
 */
export function arrowParts(
  batch: FlatTable,
  fields: readonly ArrowField[],
  body: ByteRange,
  version: number,
): ArrowPart[] {
  const rows = batch.int(0, 8);
  const nodes = batch.longs(1, 2);
  const buffers = batch.longs(2, 2);
  const views = batch.longs(4, 1);
  const codec = batch.table(3)?.int(0, 1);
  const size = body.end - body.start;
  const taken = { nodes: 0, buffers: 0, views: 0 };
  // buffers that overlap could make very much of a small file
  if (buffers.reduce((sum, [, length]) => sum + length, 0) > size)
    throw new RangeError('a batch has longer buffers than its body');

  const takeBuffer = (): ByteRange => {
    const [offset, length] = buffers[taken.buffers++] ?? lacking('buffers');
    if (offset < 0 || length < 0 || offset + length > size)
      throw new RangeError('a buffer of a batch lies outside of its body');
    return { start: body.start + offset, end: body.start + offset + length };
  };
  const takePart = (field: ArrowField): ArrowPart => {
    const [length, nullCount] = nodes[taken.nodes++] ?? lacking('parts');
    if (length < 0 || nullCount < 0) throw new RangeError('a part of a batch has a negative length');
    const old = field.type === 'Union' && version < VERSION_5 ? 1 : 0;
    const more = field.hasViews ? (views[taken.views++] ?? lacking('views'))[0] : 0;
    if (more > buffers.length) lacking('buffers');
    const own = Array.from({ length: field.buffers + old + more }, takeBuffer);
    return {
      field,
      length,
      nullCount,
      buffers: own,
      children: field.children.map(takePart),
      ...(codec !== undefined && { codec }),
    };
  };
  const parts = fields.map(takePart);
  const other = parts.find(({ length }) => length !== rows);
  if (other)
    throw new RangeError(`a batch has ${rows} rows, and ${other.length} of the column "${other.field.name}"`);
  return parts;
}

function lacking(what: string): never {
  throw new RangeError(`a batch has fewer ${what} than its columns need`);
}
