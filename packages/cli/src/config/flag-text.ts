type Text = (value: unknown) => string | undefined;

/** How values of flags that aren't plain text are written on a command line. */
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
 * The command-line text of a flag's value in a config file: a text, a number, a list, or a value of the flag's type in
 * `ThawConfig`.
 *
 * @param name the flag's name, in camel case
 * @returns undefined for any other value
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
