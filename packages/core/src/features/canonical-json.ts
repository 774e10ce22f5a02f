/**
 * A value as JSON with sorted keys. Equal values give equal texts, different values different texts.
 *
 * @returns undefined if the value contains something that JSON loses or changes: a function, an instance of a class, NaN.
 */
export function canonicalJson(value: unknown): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? number(value) : undefined;
  if (Array.isArray(value)) return joined('[', ']', Array.from(value, canonicalJson));
  if (!isPlain(value)) return undefined;
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return joined(
    '{',
    '}',
    entries.map(([key, entry]) => {
      const text = canonicalJson(entry);
      return text === undefined ? undefined : `${JSON.stringify(key)}:${text}`;
    }),
  );
}

/** A number as text. JSON would write −0 as 0. */
function number(value: number): string {
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}

function joined(open: string, close: string, parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(',')}${close}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
