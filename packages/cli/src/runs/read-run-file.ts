import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../errors';

/**
 * Reads a JSON file of a run folder.
 *
 * @param format the expected `format` of the file; its `version` must be 1
 * @throws CommandError if the file is missing, isn't JSON, or has another format
 */
export async function readRunFile<Content extends { readonly format: string; readonly version: 1 }>(
  folder: string,
  name: string,
  format: Content['format'],
): Promise<Content> {
  const path = join(folder, name);
  let content: Partial<Content> | null;
  try {
    // Reading a pipe might never end.
    if (!(await stat(path)).isFile()) throw new Error('it is no file');
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const found = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'found no such file' : 'it is damaged';
    throw new CommandError(`expected ${format} 1 in ${path}; ${found}. Give the folder of a whole run.`, {
      cause,
    });
  }
  if (content?.format !== format || content.version !== 1)
    throw new CommandError(
      `expected ${path} of ${format} 1; received ${content?.format} ${content?.version}. Was it written by another version?`,
    );
  return content as Content;
}
