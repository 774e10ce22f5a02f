import { isAbsolute, relative } from 'node:path';

/**
 * A path as a user can paste it into a shell: from the working directory if it lies there, and in quotes if a shell would
 * divide it or give its characters a meaning.
 */
export function shellPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  const short = fromHere === '' || fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere;
  return /^[\p{L}\p{N}_./:\\@+-]+$/u.test(short) ? short : `'${short.replaceAll("'", "'\\''")}'`;
}
