import type { Limits } from '../limits/limits';
import { arrowBuffers, storedBuffers } from './arrow-buffers';
import { arrowCells, offsets, validity } from './arrow-cells';
import type { ArrowPart, ByteRange } from './arrow-part';
import type { ArrowBatch, Ranges } from './arrow-stream';

/** A column in one batch of a file. */
export interface ArrowColumn {
  readonly file: Ranges;
  readonly batch: ArrowBatch;
  /** The number of the column. */
  readonly column: number;
  readonly limits: Required<Limits>;
  /** The file's name, for messages. */
  readonly place: string;
}

/**
 * The cells of a column in one batch.
 *
 * @throws {RangeError} they are damaged, or of a type that isn't read
 */
export async function arrowColumn({ file, batch, column, limits, place }: ArrowColumn): Promise<unknown[]> {
  const dictionaries = new Map<number, readonly unknown[]>();
  return cellsOf(batch.parts[column]);

  async function cellsOf(part: ArrowPart): Promise<unknown[]> {
    for (const { field } of tree(part)) {
      const id = field.dictionary?.id;
      if (id === undefined || dictionaries.has(id)) continue;
      dictionaries.set(id, []);
      const values: unknown[][] = [];
      for (const more of batch.dictionaries.get(id) ?? []) values.push(await cellsOf(more));
      dictionaries.set(id, values.flat());
    }
    return arrowCells(part, await arrowBuffers(file, tree(part), limits, place), dictionaries);
  }
}

/**
 * The bytes of single cells in a column of bytes, or of structs with `bytes`, as Hugging Face stores images. The file isn't
 * compressed. The places of the cells in a batch are read once.
 */
export function arrowBytes(
  file: Ranges,
  batches: readonly ArrowBatch[],
  column: number,
): (batch: number, row: number) => Promise<Uint8Array | null> {
  const known = new Map<number, Promise<(row: number) => ByteRange | null>>();
  return async (batch, row) => {
    let places = known.get(batch);
    if (!places) {
      places = bytePlaces(file, batches[batch].parts[column]);
      known.set(batch, places);
      places.catch(() => known.delete(batch));
    }
    const place = (await places)(row);
    return place && new Uint8Array(await file.slice(place.start, place.end));
  };
}

async function bytePlaces(file: Ranges, part: ArrowPart): Promise<(row: number) => ByteRange | null> {
  const own = part.field.kind === 'struct' ? part.children.find(({ field }) => field.name === 'bytes') : part;
  if (own?.field.kind !== 'bytes' || own.length < part.length)
    throw new RangeError(`the column "${part.field.name}" has no bytes`);
  const { start, end } = own.buffers[2];
  const parts = [
    { ...part, buffers: part.buffers.slice(0, 1) },
    { ...own, buffers: own.buffers.slice(0, 2) },
  ];
  const bytes = await storedBuffers(file, parts);
  const isThere = validity(parts[0], bytes);
  const isFull = validity(parts[1], bytes);
  const places = offsets(parts[1], bytes, end - start);
  return (row) =>
    isThere(row) && isFull(row) ? { start: start + places[row], end: start + places[row + 1] } : null;
}

/** A part and all within it. */
function tree(part: ArrowPart): ArrowPart[] {
  return [part, ...part.children.flatMap(tree)];
}
