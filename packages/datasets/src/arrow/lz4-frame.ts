const MAGIC = 0x184d2204;

/**
 * Inflates an LZ4 frame. Its checksums are passed over.
 *
 * Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md.
 *
 * @param length the number of bytes that it must give
 * @throws {RangeError} the frame is damaged, or gives another number of bytes
 */
export function inflateLz4(input: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw damaged();
  const flags = view.getUint8(4);
  const hasBlockSums = (flags & 0x10) !== 0;
  // the frame's own header: flags, block size, the content's size and a dictionary's number if it has them, a checksum
  let at = 6 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0) + 1;
  const output = new Uint8Array(length);
  let end = 0;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const bytes = size & 0x7fffffff;
    if (at + bytes > input.length) throw damaged();
    const block = input.subarray(at, at + bytes);
    if (size >>> 31 === 1) {
      if (end + bytes > length) throw damaged();
      output.set(block, end);
      end += bytes;
    } else end = inflateBlock(block, output, end);
    at += bytes + (hasBlockSums ? 4 : 0);
  }
  if (end !== length) throw damaged();
  return output;
}

/** Inflates a block behind those before it, which it may repeat; returns where it ends. */
function inflateBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let at = 0;
  let end = start;
  const more = (count: number): number => {
    if (count !== 15) return count;
    let sum = count;
    for (let byte = 255; byte === 255; sum += byte) {
      if (at >= block.length) throw damaged();
      byte = block[at++];
    }
    return sum;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = more(token >> 4);
    if (at + literals > block.length || end + literals > output.length) throw damaged();
    output.set(block.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    if (at === block.length) break;
    const back = block[at] | (block[at + 1] << 8);
    at += 2;
    const repeated = more(token & 15) + 4;
    if (at > block.length || back === 0 || back > end || end + repeated > output.length) throw damaged();
    // byte by byte, as what is repeated may itself be a part of the repetition
    for (const until = end + repeated; end < until; end++) output[end] = output[end - back];
  }
  return end;
}

function damaged(): RangeError {
  return new RangeError('a compressed buffer is damaged');
}
