import { createHash } from 'node:crypto';

/** A short text that differs if the data differ. */
export function digestOf(...parts: readonly (string | ArrayBufferView)[]): string {
  const hash = createHash('sha256');
  for (const part of parts)
    hash.update(typeof part === 'string' ? part : Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  return hash.digest('hex');
}
