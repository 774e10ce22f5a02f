import { ExportError } from '../errors';
import { nodeModules } from '../platform/node';
import type { NodeModules } from '../platform/node-types';

/**
 * Writes an exported model to the disk.
 *
 * @param caller the function that exports, for error messages
 * @param place the file or folder, for error messages
 * @throws {ExportError} in a browser, or if the place can't be written
 */
export async function writeExport(
  caller: string,
  place: string,
  write: (node: NodeModules) => Promise<void>,
): Promise<void> {
  const node = nodeModules();
  if (!node) throw new ExportError(`${caller}: expected a file system; a browser has none.`);
  try {
    await write(node);
  } catch (error) {
    throw new ExportError(
      `${caller}: expected to write into ${place}; ${(error as Error).message}. Free space or choose another folder.`,
      { cause: error },
    );
  }
}
