import { DatasetFileError } from '../errors';

/** A file of JSON objects, a line each, as a table. */
export interface JsonTable {
  /** All keys, in order of first appearance. */
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly unknown[]; readonly line: number }[];
}

/**
 * Reads JSON lines as a table; a key that a line lacks is an undefined cell.
 *
 * @throws {DatasetFileError} a line is no JSON object
 */
export function readJsonLines(caller: string, file: string, text: string): JsonTable {
  const objects: { value: Record<string, unknown>; line: number }[] = [];
  const header = new Set<string>();
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((content, i) => {
      if (content.trim() === '') return;
      const value = parsed(content);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new DatasetFileError(
          `${caller}: ${file}, line ${i + 1}: expected a JSON object; received "${content.trim().slice(0, 60)}". Correct the file.`,
        );
      }
      for (const key of Object.keys(value)) header.add(key);
      objects.push({ value: value as Record<string, unknown>, line: i + 1 });
    });
  const keys = [...header];
  return {
    header: keys,
    rows: objects.map(({ value, line }) => ({ cells: keys.map((key) => value[key]), line })),
  };
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
