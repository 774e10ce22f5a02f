import { type Limits, limitExceeded } from '../limits/limits';
import type { BufferBytes } from './arrow-cells';
import type { ArrowPart, ByteRange } from './arrow-part';
import type { Ranges } from './arrow-stream';
import { inflateLz4 } from './lz4-frame';

/** The length of a buffer once it is inflated stands before it in 8 bytes; −1 if it was left as it is. */
const PREFIX = 8;
const NOT_COMPRESSED = -1n;
const ZSTD = 1;

/** Reads the buffers of parts at once, as they are stored. */
export async function storedBuffers(file: Ranges, parts: readonly ArrowPart[]): Promise<BufferBytes> {
  const ranges = parts.flatMap(({ buffers }) => buffers);
  const start = ranges.reduce((least, range) => Math.min(least, range.start), file.byteLength);
  const end = ranges.reduce((most, range) => Math.max(most, range.end), start);
  const all = new Uint8Array(await file.slice(start, end));
  return (part, number) => {
    const range = part.buffers[number];
    return all.slice(range.start - start, range.end - start);
  };
}

/**
 * Reads the buffers of parts at once, and inflates those that are compressed.
 *
 * @param place the file's name, for messages
 * @throws {LimitExceededError} inflated buffers have more than `limits.inflatedBytes`
 * @throws {RangeError} a compressed buffer is damaged
 */
export async function arrowBuffers(
  file: Ranges,
  parts: readonly ArrowPart[],
  limits: Required<Limits>,
  place: string,
): Promise<BufferBytes> {
  const stored = await storedBuffers(file, parts);
  const inflated = new Map<ByteRange, Uint8Array<ArrayBuffer>>();
  let left = limits.inflatedBytes;
  for (const part of parts) {
    if (part.codec === undefined) continue;
    for (const [number, range] of part.buffers.entries()) {
      const bytes = stored(part, number);
      const { length, isStored } = described(bytes);
      left -= length;
      if (left < 0) throw limitExceeded(limits, 'inflatedBytes', place, 'more');
      const content = bytes.slice(PREFIX);
      inflated.set(range, isStored ? content : await inflate(content, length, part.codec));
    }
  }
  return (part, number) => inflated.get(part.buffers[number]) ?? stored(part, number);
}

/** The length of a compressed buffer after inflation, and whether its content is stored uncompressed all the same. */
function described(bytes: Uint8Array): { readonly length: number; readonly isStored: boolean } {
  if (bytes.length === 0) return { length: 0, isStored: true };
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigInt64(0, true);
  const isStored = length === NOT_COMPRESSED;
  if (length < 0n && !isStored) throw damaged();
  return { length: isStored ? bytes.length - PREFIX : Number(length), isStored };
}

async function inflate(content: Uint8Array, length: number, codec: number): Promise<Uint8Array<ArrayBuffer>> {
  if (codec !== ZSTD) return inflateLz4(content, length);
  const { decompressZstd } = await import('hyparquet-compressors');
  const output = new Uint8Array(length);
  if (decompressZstd(content, output).length !== length) throw damaged();
  return output;
}

function damaged(): RangeError {
  return new RangeError('a compressed buffer is damaged');
}
