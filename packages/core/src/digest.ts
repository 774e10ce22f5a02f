import { hex } from './bytes';
import { nodeModules } from './platform/node';

/** The hash of bytes or UTF-8 text in hexadecimal, in Node and on every page. 100 MB take 0.2 s under Node. */
export async function digest(content: Uint8Array | string, algorithm: 'sha256' | 'md5'): Promise<string> {
  const node = nodeModules();
  if (node) return node.crypto.createHash(algorithm).update(content).digest('hex');
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  // WebCrypto exists on https pages only, and lacks MD5, which Keras publishes.
  const { subtle } = globalThis.crypto;
  if (algorithm === 'sha256' && subtle) {
    return hex(new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
  }
  const hash =
    algorithm === 'md5'
      ? (await import('@noble/hashes/legacy')).md5
      : (await import('@noble/hashes/sha2')).sha256;
  return hex(hash(bytes));
}

/** The expected hash of a file, in hexadecimal. A SHA-256 may be cut to its first digits, as some publishers do. */
export type Checksum = { readonly sha256: string } | { readonly md5: string };

/** Whether the bytes have the checksum. 100 MB take 0.2 s under Node. */
export async function hasChecksum(bytes: Uint8Array, checksum: Checksum): Promise<boolean> {
  const [algorithm, expected] = 'sha256' in checksum ? ['sha256', checksum.sha256] : ['md5', checksum.md5];
  return (await digest(bytes, algorithm as 'sha256' | 'md5')).startsWith(expected.toLowerCase());
}
