import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createJiti } from 'jiti';
import { ConfigError } from '../errors';

const NAMES = ['thaw.config.ts', 'thaw.config.mts', 'thaw.config.js', 'thaw.config.mjs', 'thaw.config.json'];

/** The unchecked contents of a config file, and its path. */
export interface FoundConfig {
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Reads a config file: the given one, or else `thaw.config.ts` (or `.mts`, `.js`, `.mjs`, `.json`) in a folder.
 *
 * @returns undefined if no file is given and none is found
 * @throws ConfigError if the file can't be read, or doesn't hold an object
 */
export async function readConfig(
  named: string | undefined,
  folder: string,
): Promise<FoundConfig | undefined> {
  const path = named ?? NAMES.map((name) => resolve(folder, name)).find((name) => existsSync(name));
  if (path === undefined) return undefined;
  const content = await contentOf(path);
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new ConfigError(
      `${path}: expected an object with a key for each command; received ${typeof content}.`,
    );
  return { path, content: content as Record<string, unknown> };
}

async function contentOf(path: string): Promise<unknown> {
  try {
    if (path.endsWith('.json')) return JSON.parse(await readFile(path, 'utf8'));
    return await createJiti(import.meta.url, { alias: ownEntries() }).import(path, { default: true });
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n');
    throw new ConfigError(`expected a config file at ${path}; ${reason}. Correct the file.`, { cause });
  }
}

/**
 * The files of this package's entries. A config file imports them also where `thaw` is installed globally, and therefore isn't
 * found from the folder of the file.
 */
function ownEntries(): Record<string, string> {
  const { resolve: entry } = createRequire(import.meta.url);
  return { thaw: entry('thaw'), 'thaw/steps': entry('thaw/steps') };
}
