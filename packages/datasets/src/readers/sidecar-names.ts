import { DatasetFileError } from '../errors';

/**
 * The names of labels in the file beside one image: by line or comma, or as JSON, a list of names, an object whose `labels` or
 * `tags` is one, or an object of names that are true or false.
 *
 * @throws {DatasetFileError} the JSON is none of these
 */
export function sidecarNames(caller: string, file: string, text: string): string[] {
  if (!file.endsWith('.json')) {
    return text
      .replace(/^\uFEFF/, '')
      .split(/[\n,]/)
      .map((name) => name.trim())
      .filter((name) => name !== '');
  }
  const names = ofJson(text);
  if (names) return names;
  throw new DatasetFileError(
    `${caller}: ${file}: expected a JSON list of label names, or an object of labels that are true or false; received "${text.trim().slice(0, 60)}". Correct the file.`,
  );
}

function ofJson(text: string): string[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { labels, tags } = value as { labels?: unknown; tags?: unknown };
  const list = Array.isArray(value) ? value : (labels ?? tags);
  if (Array.isArray(list)) return list.every((name) => typeof name === 'string') ? list : undefined;
  const flags = Object.entries(value);
  if (!flags.every(([, has]) => typeof has === 'boolean' || has === 0 || has === 1)) return undefined;
  return flags.filter(([, has]) => Boolean(has)).map(([name]) => name);
}
