import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const BLOCK = 512;
/** tfjs-node's tarball has 2 MB unpacked; more than this is no tarball of it. */
const MAX_BYTES = 64_000_000;
const REGULAR_FILE = ['0', '\0'];

/**
 * The regular files of an npm tarball by path, without the folder that all of them lie in ("package/").
 *
 * Reads the ustar format in memory and writes nothing, so an entry's path cannot lead out of a folder. Links,
 * folders and extended headers are left out; npm packs none that matter here.
 *
 * @throws {Error} if it isn't a gzip file of a tar archive, or ends too early
 */
export async function readTarball(tarball: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = await promisify(gunzip)(tarball, { maxOutputLength: MAX_BYTES });
  const files = new Map<string, Uint8Array>();
  let at = 0;
  while (at + BLOCK <= bytes.length && bytes[at] !== 0) {
    const header = bytes.subarray(at, at + BLOCK);
    if (text(header, 257, 5) !== 'ustar') throw new Error('it is no tar archive');
    const size = Number.parseInt(text(header, 124, 12), 8);
    const begin = at + BLOCK;
    if (!(begin + size <= bytes.length)) throw new Error('it ends too early');
    if (REGULAR_FILE.includes(String.fromCharCode(header[156]))) {
      const path = [text(header, 345, 155), text(header, 0, 100)].filter(Boolean).join('/');
      files.set(path.slice(path.indexOf('/') + 1), bytes.subarray(begin, begin + size));
    }
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

/** A field of a header, up to its first zero byte. */
function text(header: Uint8Array, begin: number, length: number): string {
  const field = header.subarray(begin, begin + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
