import { yoloClasses } from './label-cell';
import { looksLikeLiteral } from './literal';

/**
 * The labels in the file beside an image, as a cell of names: a text by line or comma, or JSON, a list of names, an
 * object whose `labels` or `tags` is one, an object of names that are true or false, or LabelMe's file.
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
  const labelMe = labelMeNames(value);
  if (labelMe) return labelMe;
  const known = typeof value === 'object' && value !== null && isKnown(value);
  return known
    ? value
    : fail(
        `expected a JSON list of label names, or an object of labels that are true or false; received "${text.slice(0, 60)}"`,
      );
}

/** The names in LabelMe's file: those of the shapes, and the flags of the image that are set. */
function labelMeNames(value: unknown): string[] | undefined {
  const { shapes, flags } = (value ?? {}) as { shapes?: unknown; flags?: unknown };
  if (!Array.isArray(shapes)) return undefined;
  const names = shapes.map((shape: { label?: unknown } | null) => shape?.label);
  if (!names.every((name) => typeof name === 'string')) return undefined;
  const set = Object.entries(flags ?? {}).flatMap(([name, isSet]) => (isSet === true ? name : []));
  return [...names, ...set];
}

function isKnown(value: object): boolean {
  const { labels, tags } = value as { labels?: unknown; tags?: unknown };
  if (Array.isArray(value) || Array.isArray(labels ?? tags)) return true;
  return Object.values(value).every((has) => typeof has === 'boolean' || has === 0 || has === 1);
}
