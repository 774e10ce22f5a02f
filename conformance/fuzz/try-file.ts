import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../../packages/core/src/training/random';
import { mutate } from './mutate';
import type { Reader } from './reader';

/** How a reader treated a changed file. */
export interface Outcome {
  /**
   * `read`; or, for an error, `named` if it is one of ours and else `plain`; `other` for other data despite a checksum.
   */
  readonly kind: 'read' | 'named' | 'plain' | 'other';
  readonly file: string;
  readonly error?: string;
}

/** A sample, and what the reader gives for it unchanged. */
export interface Whole {
  readonly folder: string;
  readonly text: string;
}

/** Makes the sample of a reader, in a new folder of `scratch`. */
export async function wholeSample(reader: Reader, scratch: string): Promise<Whole> {
  const folder = mkdtempSync(join(scratch, `${reader.name.replace(/\W+/g, '-')}-`));
  await reader.sample(folder);
  return { folder, text: await reader.read(folder) };
}

/** Changes one file of the sample by a seed, and reads it. */
export async function tryFile(reader: Reader, whole: Whole, seed: number): Promise<Outcome> {
  const next = random(seed);
  const folder = `${whole.folder}-changed`;
  cpSync(whole.folder, folder, { recursive: true });
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => reader.changed?.test(path) ?? true)
      .sort();
    const file = files[Math.floor(next() * files.length)];
    const before = readFileSync(file);
    const after = mutate(before, next);
    writeFileSync(file, after);
    const name = file.slice(folder.length + 1);
    const text = await reader.read(folder).catch((error: unknown) => ({ error }));
    if (typeof text !== 'string')
      return { kind: isNamed(text.error) ? 'named' : 'plain', file: name, error: said(text.error) };
    const unseen = reader.checked?.test(name) && !before.equals(after) && text !== whole.text;
    return { kind: unseen ? 'other' : 'read', file: name };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether an error is one that a package throws on purpose: of its own class, with a stable code. */
function isNamed(error: unknown): boolean {
  if (!(error instanceof Error) || typeof (error as { code?: unknown }).code !== 'string') return false;
  return !/^(Error|TypeError|RangeError|SyntaxError|ReferenceError|EvalError|URIError|AggregateError|ValueError|DOMException|.*\[.*)$/.test(
    error.name,
  );
}

function said(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
