/** Numbers, as text, that readers often handle wrongly. */
const NUMBERS = [
  '0',
  '-1',
  '1e9',
  '4294967296',
  '9007199254740993',
  '1e308',
  '1e999',
  '-0',
  '0.5',
  '""',
  'null',
  'NaN',
];

/** JSON values that readers often handle wrongly. */
const VALUES: readonly unknown[] = [
  null,
  -1,
  0,
  0.5,
  2 ** 31,
  1e308,
  '',
  'x',
  '__proto__',
  [],
  {},
  [null],
  true,
  '../x',
  '\u0000',
];

type Random = () => number;

/** Changes the bytes of a file at random: bits, lengths, pieces; in text, numbers, lines and parts of JSON. */
export function mutate(bytes: Uint8Array, next: Random): Uint8Array {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  const isText = /^[\t\n\r\u0020-\u007e]*$/.test(text);
  const isJson = isText && /^\s*[[{]/.test(text);
  const kinds = [...BINARY, ...(isText ? TEXT : []), ...(isJson ? [inJson, inJson, inJson, inJson] : [])];
  let changed = bytes;
  const changes = next() < 0.8 ? 1 : 1 + below(4, next);
  for (let i = 0; i < changes; i++) changed = kinds[below(kinds.length, next)](changed, next);
  return changed;
}

const BINARY: readonly ((bytes: Uint8Array, next: Random) => Uint8Array)[] = [
  // Changes a bit, a byte, or a number of 32 or 64 bits.
  (bytes, next) => replaced(bytes, next, 1, (old) => Uint8Array.of(old[0] ^ (1 << below(8, next)))),
  (bytes, next) => replaced(bytes, next, 1, () => Uint8Array.of(below(256, next))),
  (bytes, next) =>
    replaced(bytes, next, 4, () => littleEndian([0, 1, -1, 2 ** 31 - 1, 2 ** 16][below(5, next)], 4)),
  (bytes, next) => replaced(bytes, next, 8, () => littleEndian([0, -1, 2 ** 40, 2 ** 53][below(4, next)], 8)),
  // Cuts the file short; removes, doubles, empties or replaces a piece; inserts bytes.
  (bytes, next) => bytes.slice(0, below(bytes.length + 1, next)),
  (bytes, next) => replaced(bytes, next, length(bytes, next), () => new Uint8Array(0)),
  (bytes, next) => replaced(bytes, next, length(bytes, next), (old) => joined(old, old)),
  (bytes, next) =>
    replaced(bytes, next, length(bytes, next), (old) => old.slice().fill(next() < 0.5 ? 0 : 255)),
  (bytes, next) => {
    const size = length(bytes, next);
    const from = below(bytes.length - size + 1, next);
    return replaced(bytes, next, size, () => bytes.slice(from, from + size));
  },
  (bytes, next) =>
    replaced(bytes, next, 0, () => Uint8Array.from({ length: 1 + below(40, next) }, () => below(256, next))),
];

const TEXT: readonly ((bytes: Uint8Array, next: Random) => Uint8Array)[] = [
  (bytes, next) => inText(bytes, next, /-?\d+(\.\d+)?/g, () => NUMBERS[below(NUMBERS.length, next)]),
  (bytes, next) =>
    inText(bytes, next, /"[^"\n]*"/g, () => JSON.stringify(VALUES[below(VALUES.length, next)])),
  (bytes, next) => inText(bytes, next, /[^\n]*\n/g, (line) => (next() < 0.5 ? '' : line + line)),
  (bytes, next) => inText(bytes, next, /[,;\t"']/g, (sign) => (next() < 0.5 ? '' : sign + sign)),
];

/** Replaces or removes a value of a JSON file, or changes its key. */
function inJson(bytes: Uint8Array, next: Random): Uint8Array {
  let root: unknown;
  try {
    root = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return bytes.slice(0, below(bytes.length + 1, next));
  }
  const places: [owner: Record<string, unknown>, key: string][] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, key]);
      walk(part);
    }
  };
  walk(root);
  const [owner, key] = places[below(places.length, next)] ?? [{}, ''];
  const kind = below(4, next);
  const value = owner[key];
  if (kind === 0) owner[key] = VALUES[below(VALUES.length, next)];
  else if (kind === 1) Array.isArray(owner) ? owner.splice(Number(key), 1) : delete owner[key];
  else if (kind === 2)
    owner[key] =
      typeof value === 'string' ? `${value}x` : Array.isArray(value) ? [...value, ...value] : value;
  else {
    // The value of another place, which is more often of the right type than a random value.
    const [other, otherKey] = places[below(places.length, next)] ?? [{}, ''];
    owner[key] = structuredClone(other[otherKey]);
  }
  return new TextEncoder().encode(JSON.stringify(root));
}

function inText(
  bytes: Uint8Array,
  next: Random,
  pattern: RegExp,
  change: (part: string) => string,
): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const parts = [...text.matchAll(pattern)];
  const part = parts[below(parts.length, next)];
  if (!part) return bytes;
  const end = part.index + part[0].length;
  return Buffer.from(text.slice(0, part.index) + change(part[0]) + text.slice(end), 'latin1');
}

function replaced(
  bytes: Uint8Array,
  next: Random,
  size: number,
  by: (old: Uint8Array) => Uint8Array,
): Uint8Array {
  const taken = Math.min(size, bytes.length);
  // Headers are at both ends of files.
  const room = bytes.length - taken + 1;
  const near = Math.min(room, 300);
  const start = [below(room, next), below(near, next), room - 1 - below(near, next)][below(3, next)];
  return joined(
    bytes.subarray(0, start),
    by(bytes.subarray(start, start + taken)),
    bytes.subarray(start + taken),
  );
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function littleEndian(value: number, size: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, BigInt(value), true);
  return new Uint8Array(view.buffer, 0, size);
}

function length(bytes: Uint8Array, next: Random): number {
  return 1 + below(Math.max(1, Math.min(bytes.length - 1, 2 ** below(12, next))), next);
}

function below(limit: number, next: Random): number {
  return Math.min(Math.max(0, limit - 1), Math.floor(next() * limit));
}
