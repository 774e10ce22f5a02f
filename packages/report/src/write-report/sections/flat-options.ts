/** Of longer lists, only the first values and the length are shown. */
const SHOWN = 8;

/**
 * The options of a recipe, one row per value, under names such as `phases.head.optimizer.name`. A list of
 * plain values is one row. In a list of objects with names, the names tell the rows apart.
 */
export function flatOptions(recipe: object): [name: string, value: string][] {
  return entriesOf(recipe, '');
}

function entriesOf(value: unknown, path: string): [string, string][] {
  const plain = plainOf(value);
  if (typeof plain !== 'object' || plain === null) {
    return [[path, typeof plain === 'function' ? 'a function of your own' : String(plain)]];
  }
  if (Array.isArray(plain) && plain.every((one) => one === null || typeof one !== 'object')) {
    return [[path, listed(plain)]];
  }
  const entries = Object.entries(plain).filter(([, one]) => one !== undefined);
  if (entries.length === 0 && path !== '') return [[path, 'none']];
  return entries.flatMap(([key, one]) =>
    entriesOf(one, join(path, Array.isArray(plain) ? (nameOf(one) ?? key) : key)),
  );
}

/** A value as JSON would have it; schedules and losses are functions with a `toJSON`. */
function plainOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  const isObject = (typeof value === 'object' || typeof value === 'function') && value !== null;
  return isObject && 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value;
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : undefined;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function listed(values: readonly unknown[]): string {
  if (values.length === 0) return 'none';
  const shown = values.slice(0, SHOWN).join(', ');
  return values.length > SHOWN ? `${shown} … (${values.length} in all)` : shown;
}
