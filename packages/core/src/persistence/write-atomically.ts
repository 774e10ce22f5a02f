import type { NodeModules } from '../platform/node';

/** Writes beside and renames, so that a reader finds a whole file at any moment, the old one or the new one. */
export async function writeAtomically(
  { fs }: NodeModules,
  file: string,
  content: Uint8Array | string,
): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await fs.promises.writeFile(temporary, content);
    await fs.promises.rename(temporary, file);
  } finally {
    await fs.promises.rm(temporary, { force: true });
  }
}
