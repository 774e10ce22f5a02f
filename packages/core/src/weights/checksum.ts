import { nodeModules } from '../platform/node';

/** The expected hash of a file, in hexadecimal. A SHA-256 may be cut to its first digits, as some publishers do. */
export type Checksum = { readonly sha256: string } | { readonly md5: string };

/** Whether the bytes have the checksum. 100 MB take 0.2 s under Node. */
export async function hasChecksum(bytes: Uint8Array, checksum: Checksum): Promise<boolean> {
  const [algorithm, expected] = 'sha256' in checksum ? ['sha256', checksum.sha256] : ['md5', checksum.md5];
  return (await digest(bytes, algorithm as 'sha256' | 'md5')).startsWith(expected.toLowerCase());
}

/** The hash of bytes in hexadecimal, in Node and in every browser. */
export async function digest(bytes: Uint8Array, algorithm: 'sha256' | 'md5'): Promise<string> {
  const node = nodeModules();
  if (node) return node.crypto.createHash(algorithm).update(bytes).digest('hex');
  // Keras publishes MD5 hashes, which the browser's WebCrypto lacks.
  const hash =
    algorithm === 'md5'
      ? (await import('@noble/hashes/legacy')).md5
      : (await import('@noble/hashes/sha2')).sha256;
  return Array.from(hash(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
