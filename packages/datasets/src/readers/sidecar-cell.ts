import { isObject } from './is-object';
import { yoloClasses } from './label-cell';
import { looksLikeLiteral } from './literal';

/**
 * The labels in the file beside an image, as a cell of names: a text by line or comma, or JSON, a list of names, an
 * object whose `labels` or `tags` is one, an object of names that are true or false, or the file of LabelMe, Supervisely,
 * Cityscapes or V7.
 *
 * @param fail called for JSON of another form
 */
export function sidecarCell(file: string, content: string, fail: (problem: string) => never): unknown {
  const text = content.trim();
  if (!file.endsWith('.json')) {
    if (looksLikeLiteral(text) || yoloClasses(text)) return text;
    const parts = text.split(/[\n,]/).map((part) => part.trim());
    return parts.length === 1 ? text : parts;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const annotated = toolNames(value);
  if (annotated) return annotated;
  const known = typeof value === 'object' && value !== null && isKnown(value);
  return known
    ? value
    : fail(
        `expected a JSON list of label names, or an object of labels that are true or false; received "${text.slice(0, 60)}"`,
      );
}

/** Lists of what is in an image, and the key of a name in each: LabelMe's, Supervisely's, Cityscapes', V7's. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  shapes: ['label'],
  objects: ['classTitle', 'label'],
  annotations: ['name', 'label'],
};

/**
 * The names in the file of an annotation tool: those of what is in the image, its tags, and its flags that are set.
 * Undefined if it is no such file.
 */
function toolNames(value: unknown): string[] | undefined {
  if (!isObject(value)) return undefined;
  const lists = Object.entries(LISTS).flatMap(([list, keys]) => {
    const entries = value[list];
    return Array.isArray(entries) ? [{ entries: entries as readonly unknown[], keys }] : [];
  });
  if (lists.length === 0) return undefined;
  const tags: readonly unknown[] = Array.isArray(value.tags) ? value.tags : [];
  const names = [...lists, { entries: tags, keys: ['name'] }].flatMap(({ entries, keys }) =>
    entries.map((entry): unknown =>
      keys.map((key) => Object(entry)[key]).find((name) => typeof name === 'string'),
    ),
  );
  if (!areTexts(names)) return undefined;
  const flags = isObject(value.flags) ? Object.entries(value.flags) : [];
  return [...names, ...flags.flatMap(([name, isSet]) => (isSet === true ? name : []))];
}

function areTexts(values: readonly unknown[]): values is readonly string[] {
  return values.every((value) => typeof value === 'string');
}

function isKnown(value: object): boolean {
  const { labels, tags, objects, annotations } = value as Readonly<Record<string, unknown>>;
  if (objects !== undefined || annotations !== undefined) return false;
  if (Array.isArray(value) || Array.isArray(labels ?? tags)) return true;
  return Object.values(value).every((has) => typeof has === 'boolean' || has === 0 || has === 1);
}
