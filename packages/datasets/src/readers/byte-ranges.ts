import type { AsyncBuffer } from 'hyparquet';
import { nodeModules } from '../platform/node-modules';
import { isUrl, type TextSource } from './read-text';

/** A file that is read by ranges of bytes: on disk, on the web (by range requests), or in memory. */
export async function byteRanges(source: TextSource): Promise<AsyncBuffer> {
  if (source instanceof Uint8Array) return sliced(new Blob([source as Uint8Array<ArrayBuffer>]));
  if (source instanceof Blob) return sliced(source);
  const node = nodeModules();
  if (node && typeof source === 'string' && !isUrl(source)) {
    const { size } = await node.fs.stat(source);
    return {
      byteLength: size,
      slice: async (start, end = size) => {
        const bytes = new Uint8Array(end - start);
        const handle = await node.fs.open(source, 'r');
        try {
          const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
          if (bytesRead < bytes.length) throw new Error(`it ends at byte ${start + bytesRead}`);
        } finally {
          await handle.close();
        }
        return bytes.buffer;
      },
    };
  }
  const { asyncBufferFromUrl } = await import('hyparquet');
  return asyncBufferFromUrl({ url: String(source) });
}

function sliced(blob: Blob): AsyncBuffer {
  return { byteLength: blob.size, slice: (start, end) => blob.slice(start, end).arrayBuffer() };
}
