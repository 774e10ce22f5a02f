type Text = (value: unknown) => string | undefined;

/** How the values of flags that aren't plain text are written on a command line. */
const TEXTS: Readonly<Record<string, Text>> = {
  size: (value) => joined(value, 'x'),
  fractions: (value) => {
    const { train, validation, test } = value as Readonly<Record<string, unknown>>;
    return joined([train, validation, test], ',');
  },
  shard: (value) => {
    const { index, count } = value as { index: unknown; count: unknown };
    return typeof index === 'number' ? `${index + 1}/${count}` : undefined;
  },
};

/**
 * The text of a flag with a value of a config file: text, a number, a list, or what the flag's type in `ThawConfig` is.
 *
 * @param name of the flag, in camel case
 * @returns undefined if it is none of these
 */
export function flagText(name: string, value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const own = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  if (own && !(name !== 'size' && Array.isArray(value))) return own(value);
  return joined(value, ',');
}

function joined(value: unknown, separator: string): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const isPlain = value.every((one) => typeof one === 'string' || typeof one === 'number');
  return isPlain ? value.join(separator) : undefined;
}
