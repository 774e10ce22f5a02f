/** More entries of a list are counted, not shown. */
const SHOWN = 8;

/**
 * The options of a recipe, one row per value, under names such as `phases.head.optimizer.name`. Lists of plain values stay
 * together; a list of objects with names is told apart by these.
 */
export function flatOptions(recipe: object): [name: string, value: string][] {
  return entriesOf(recipe, '');
}

function entriesOf(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value) && value.every((one) => one === null || typeof one !== 'object')) {
    return [[path, listed(value)]];
  }
  if (typeof value === 'object' && value !== null) {
    const plain = 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value;
    if (typeof plain !== 'object' || plain === null) return entriesOf(plain, path);
    return Object.entries(plain)
      .filter(([, one]) => one !== undefined)
      .flatMap(([key, one]) => entriesOf(one, join(path, Array.isArray(plain) ? (nameOf(one) ?? key) : key)));
  }
  return [[path, typeof value === 'function' ? 'a function of your own' : String(value)]];
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
