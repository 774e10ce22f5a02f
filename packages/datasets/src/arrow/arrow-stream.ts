import { type Limits, limitExceeded } from '../limits/limits';
import { type ArrowField, arrowFields } from './arrow-field';
import { type ArrowPart, arrowParts } from './arrow-part';
import { type FlatTable, flatBuffer } from './flat-buffer';

/** A file that is read by ranges of bytes. */
export interface Ranges {
  readonly byteLength: number;
  readonly slice: (start: number, end: number) => ArrayBuffer | Promise<ArrayBuffer>;
}

/** The rows of one record batch. */
export interface ArrowBatch {
  readonly rows: number;
  /** A part per column. */
  readonly parts: readonly ArrowPart[];
  /** The parts of each dictionary as it was before the batch, by its number. */
  readonly dictionaries: ReadonlyMap<number, readonly ArrowPart[]>;
}

/** The description of an Arrow file. None of its cells are in memory. */
export interface ArrowStream {
  readonly fields: readonly ArrowField[];
  /** What the writer says of the columns, by key. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly batches: readonly ArrowBatch[];
}

const FILE = 'ARROW1';
const MESSAGES = { schema: 1, dictionary: 2, batch: 3 };
/** The bytes that are read at once to look for messages, which lie between the cells of images. */
const LOOK_AHEAD = 2 ** 16;

/**
 * Reads the messages of Arrow's IPC format, stream or file, without the cells.
 *
 * Format: https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc. A file is
 * a stream between two magic numbers, followed by a list of its batches, which isn't needed.
 *
 * @param place the file's name, for messages
 * @throws {RangeError} the file isn't one, ends early, or is damaged
 * @throws {LimitExceededError} there are more rows than `limits.cells`, or columns deeper than `limits.depth`
 */
export async function arrowStream(
  file: Ranges,
  limits: Required<Limits>,
  place: string,
): Promise<ArrowStream> {
  const bytesAt = lookingAhead(file);
  let at = (await startsWith(file, FILE)) ? 8 : 0;
  let described: Pick<ArrowStream, 'fields' | 'metadata'> | undefined;
  let dictionaries: ReadonlyMap<number, readonly ArrowPart[]> = new Map();
  const batches: ArrowBatch[] = [];
  let rows = 0;
  for (;;) {
    const { header, end } = await messageAt(at);
    if (!header) break;
    const message = flatBuffer(header);
    const version = message.int(0, 2);
    const kind = message.int(1, 1);
    const content = message.table(2);
    const body = { start: end, end: end + message.int(3, 8) };
    if (!content || body.end < body.start || body.end > file.byteLength)
      throw new RangeError('it ends early');
    if (kind === MESSAGES.schema && !described) described = schemaOf(content);
    else if (!described) throw new RangeError('it has no description of its columns');
    else if (kind === MESSAGES.batch) {
      const parts = arrowParts(content, described.fields, body, version);
      const batch = { rows: content.int(0, 8), parts, dictionaries };
      rows += batch.rows;
      if (rows > limits.cells) throw limitExceeded(limits, 'cells', place, `${rows} rows or more`);
      batches.push(batch);
    } else if (kind === MESSAGES.dictionary) {
      dictionaries = withDictionary(content, described.fields, body, version);
    }
    at = body.end;
  }
  if (!described) throw new RangeError('it has no description of its columns');
  return { ...described, batches };

  /** The description of the message at a place, and where it ends; no description at the mark of the end. */
  async function messageAt(start: number): Promise<{ header: Uint8Array | undefined; end: number }> {
    const prefix = await bytesAt(start, Math.min(8, file.byteLength - start));
    if (prefix.length < 4) throw new RangeError('it ends early');
    const words = new DataView(prefix.buffer, prefix.byteOffset, prefix.length);
    const first = words.getInt32(0, true);
    // before version 0.15 of Arrow there was no −1 before the length
    const from = start + (first === -1 ? 8 : 4);
    const length = first !== -1 ? first : prefix.length < 8 ? -1 : words.getInt32(4, true);
    if (length === 0) return { header: undefined, end: from };
    if (length < 0 || from + length > file.byteLength) throw new RangeError('it ends early');
    return { header: await bytesAt(from, length), end: from + length };
  }

  function schemaOf(schema: FlatTable): Pick<ArrowStream, 'fields' | 'metadata'> {
    if (schema.int(0, 2) !== 0) throw new RangeError('its numbers are big-endian, which isn’t read');
    const metadata = new Map(schema.tables(2).map((entry) => [entry.text(0), entry.text(1)]));
    return { fields: arrowFields(schema, limits, place), metadata };
  }

  function withDictionary(
    content: FlatTable,
    fields: readonly ArrowField[],
    body: { readonly start: number; readonly end: number },
    version: number,
  ): ReadonlyMap<number, readonly ArrowPart[]> {
    const id = content.int(0, 8);
    const values = dictionaryValues(fields, id);
    const data = content.table(1);
    if (!values || !data) throw new RangeError(`it has a dictionary ${id} that no column uses`);
    const added = arrowParts(data, [values], body, version);
    const isMore = content.int(2, 1) !== 0;
    return new Map([...dictionaries, [id, isMore ? [...(dictionaries.get(id) ?? []), ...added] : added]]);
  }
}

/** The field of a dictionary's values. */
function dictionaryValues(fields: readonly ArrowField[], id: number): ArrowField | undefined {
  for (const { dictionary, children } of fields) {
    if (dictionary?.id === id) return dictionary.values;
    const found = dictionaryValues(dictionary ? [dictionary.values] : children, id);
    if (found) return found;
  }
  return undefined;
}

async function startsWith(file: Ranges, text: string): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, Math.min(text.length, file.byteLength)));
  return String.fromCharCode(...bytes) === text;
}

/** Reads short runs of bytes, of which many follow each other, at once. */
function lookingAhead(file: Ranges): (start: number, length: number) => Promise<Uint8Array> {
  let from = 0;
  let kept = new Uint8Array(0);
  return async (start, length) => {
    if (start < from || start + length > from + kept.length) {
      from = start;
      const end = Math.min(start + Math.max(length, LOOK_AHEAD), file.byteLength);
      kept = new Uint8Array(await file.slice(start, end));
    }
    return kept.subarray(start - from, start - from + length);
  };
}
