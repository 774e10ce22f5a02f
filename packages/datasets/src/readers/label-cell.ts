import { isNumber, type Literal, looksLikeLiteral, parseLiteral } from './literal';

/** How the cells of one column of labels are read. */
export interface LabelCells {
  /**
   * The text between two names. Default `'|'`; an error if the cells have only commas, semicolons, or words that are
   * names too.
   */
  readonly delimiter?: string;
  /**
   * All labels, in order, which is the order of class numbers and multi-hot vectors. Default: the names in the column,
   * sorted.
   */
  readonly names?: readonly string[];
  /**
   * Whether numbers are class numbers or a multi-hot vector, or all cells are names, whatever they look like. Default:
   * the form that fits all cells; an error if two forms fit.
   */
  readonly form?: 'names' | 'numbers' | 'multi-hot';
  /** The meaning of an empty cell: no label (default for names and class numbers), or unknown labels. */
  readonly empty?: 'none' | 'unknown';
  /**
   * The meaning of nan, NA, null, None and ?: no label, unknown labels, or a label of that name. Without it they are
   * errors.
   */
  readonly missing?: 'none' | 'unknown' | 'label';
}

/** The content of one cell in a column of labels. */
export type LabelCell =
  /** Names of labels; none if the cell is empty. */
  | { readonly kind: 'names'; readonly names: readonly string[] }
  /** Whole numbers, as class numbers and multi-hot vectors are. */
  | { readonly kind: 'numbers'; readonly numbers: readonly number[]; readonly asNames?: readonly string[] }
  /** Digits without a separator, which may be a class number or a multi-hot vector. */
  | { readonly kind: 'digits'; readonly digits: string; readonly asNames: readonly string[] }
  /** True or false by position. */
  | { readonly kind: 'flags'; readonly flags: readonly boolean[] }
  /** The class numbers of boxes, as YOLO writes them. */
  | { readonly kind: 'boxes'; readonly numbers: readonly number[] }
  | { readonly kind: 'empty' }
  /** Names, of which one, `word`, mostly stands for a missing value, and could be the name of a label. */
  | { readonly kind: 'missing'; readonly word: string; readonly names: readonly string[] }
  /** The cell is structured in an unknown way. */
  | { readonly kind: 'strange'; readonly why: string };

const MISSING = new Set([
  ...['nan', 'na', 'n/a', '#n/a', '<na>', 'null', 'none', 'undefined', '?', '-'],
  // MovieLens
  '(no genres listed)',
]);
/** Keys that hold the names in an object, in exports of annotation tools and data sets. */
const KEYS = [
  'choices',
  'labels',
  'label',
  'tags',
  'tag',
  'classes',
  'class',
  'names',
  'name',
  'categories',
  'title',
  'displayName',
  'tagName',
  'className',
  'classTitle',
];

/** Whether a text is a word that mostly stands for a missing value. */
export function isMissingWord(text: string): boolean {
  return MISSING.has(text.toLowerCase());
}

/** Reads one cell: a text with a delimiter, a list, an object, the literal of a list or object, numbers, or boxes. */
export function labelCell(cell: unknown, delimiter: string, depth: number): LabelCell {
  if (cell === undefined || cell === null || (typeof cell === 'number' && Number.isNaN(cell)))
    return { kind: 'empty' };
  if (typeof cell === 'string') return ofText(cell.trim(), delimiter, depth);
  if (ArrayBuffer.isView(cell)) return ofLiteral(Array.from(cell as unknown as ArrayLike<Literal>));
  return ofLiteral(cell as Literal);
}

function ofText(text: string, delimiter: string, depth: number): LabelCell {
  if (text === '') return { kind: 'empty' };
  if (isMissingWord(text)) return { kind: 'missing', word: text, names: [text] };
  if (looksLikeLiteral(text)) {
    const literal = parseLiteral(text, depth);
    if (literal === undefined) return { kind: 'strange', why: 'a list or an object that can’t be read' };
    return ofLiteral(literal);
  }
  const boxes = yoloClasses(text);
  if (boxes) return { kind: 'boxes', numbers: boxes };
  if (/^\d+$/.test(text)) return { kind: 'digits', digits: text, asNames: [text] };
  const parts = namesOfText(text, delimiter);
  const words = parts.every(isNumber) ? parts : text.split(/[\s,;|]+/).filter((word) => word !== '');
  if (words.length > 1 && words.every(isNumber)) {
    const read = ofLiteral(words.map(Number));
    return read.kind === 'numbers' && parts.length === words.length ? { ...read, asNames: parts } : read;
  }
  const missing = parts.find(isMissingWord);
  if (missing !== undefined) return { kind: 'missing', word: missing, names: parts };
  const strange = parts.find((part) => looksLikeLiteral(part) || /^[[{"']|[\]}"']$/.test(part));
  if (strange !== undefined)
    return { kind: 'strange', why: `"${strange}", a part of a list or of an object` };
  return { kind: 'names', names: parts };
}

/** The names in a text, even if they look like numbers. */
export function namesOfText(text: string, delimiter: string): string[] {
  return text
    .split(delimiter)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function ofLiteral(value: Literal | bigint): LabelCell {
  const strange = (why: string): LabelCell => ({ kind: 'strange', why });
  if (typeof value === 'number' || typeof value === 'bigint') return ofLiteral([Number(value)]);
  if (typeof value === 'string') return { kind: 'names', names: [value.trim()] };
  if (typeof value === 'boolean') return { kind: 'flags', flags: [value] };
  if (value === null) return { kind: 'empty' };
  if (!Array.isArray(value)) return ofObject(value as Readonly<Record<string, Literal>>);
  const list = (value as readonly (Literal | bigint)[]).map((entry) =>
    typeof entry === 'bigint' ? Number(entry) : entry,
  );
  if (list.every((entry) => typeof entry === 'boolean')) {
    return list.length === 0 ? { kind: 'names', names: [] } : { kind: 'flags', flags: list };
  }
  if (list.every((entry) => typeof entry === 'number')) {
    return list.every((number) => Number.isInteger(number) && number >= 0)
      ? { kind: 'numbers', numbers: list }
      : strange('numbers that are no class numbers');
  }
  if (list.every((entry) => typeof entry === 'string' || entry === null)) {
    const names = list.map((name) => (name ?? 'nan').trim()).filter((name) => name !== '');
    const missing = names.find(isMissingWord);
    if (missing !== undefined) return { kind: 'missing', word: missing, names };
    if (names.length > 0 && names.every((name) => /^\d+$/.test(name)))
      return { kind: 'numbers', numbers: names.map(Number), asNames: names };
    return { kind: 'names', names };
  }
  // a list of objects, each of one label
  if (list.every((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry))) {
    const cells = list.map((entry) => ofLiteral(entry));
    if (cells.every((cell) => cell.kind === 'names'))
      return { kind: 'names', names: cells.flatMap((cell) => cell.names) };
  }
  return strange('a list of other things than names or numbers');
}

function ofObject(value: Readonly<Record<string, Literal>>): LabelCell {
  const key = KEYS.find((name) => Object.hasOwn(value, name) && typeof value[name] !== 'boolean');
  if (key !== undefined && typeof value[key] !== 'number') return ofLiteral(value[key]!);
  const flags = Object.entries(value);
  const isFlag = (flag: unknown) => typeof flag === 'boolean' || Number(flag) === 0 || Number(flag) === 1;
  if (
    flags.length > 0 &&
    flags.every(([, flag]) => flag !== null && typeof flag !== 'object' && isFlag(flag))
  ) {
    return {
      kind: 'names',
      names: flags.filter(([, flag]) => flag === true || Number(flag) === 1).map(([name]) => name),
    };
  }
  return { kind: 'strange', why: 'an object without a list of names' };
}

/** The class numbers of YOLO's lines (a class number, then at least four coordinates), in one cell or file. */
export function yoloClasses(text: string): number[] | undefined {
  const lines = text
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const classes = lines.map((line) => {
    const words = line.split(/\s+/);
    const [first, ...coordinates] = words;
    const isBox =
      coordinates.length >= 4 &&
      /^\d+$/.test(first) &&
      coordinates.every((word) => isNumber(word)) &&
      coordinates.some((word) => /[.e]/i.test(word));
    return isBox ? Number(first) : undefined;
  });
  return classes.length > 0 && classes.every((number) => number !== undefined) ? classes : undefined;
}
