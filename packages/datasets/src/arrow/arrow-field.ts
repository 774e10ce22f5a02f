import { type Limits, limitExceeded } from '../limits/limits';
import type { FlatTable } from './flat-buffer';

/** How the cells of a column are stored. `'other'` is a type that isn't read. */
type ArrowKind =
  | 'null'
  | 'int'
  | 'float'
  | 'bool'
  | 'bytes'
  | 'text'
  | 'fixed-bytes'
  | 'list'
  | 'fixed-list'
  | 'struct'
  | 'dictionary'
  | 'other';

/** A column of an Arrow file, or a column within one. */
export interface ArrowField {
  readonly name: string;
  readonly kind: ArrowKind;
  /** Arrow's name of the type, for messages. */
  readonly type: string;
  /** The number of buffers in each batch; views have more, which the batch counts. */
  readonly buffers: number;
  readonly hasViews: boolean;
  /** Bits of a number; bytes or entries of a cell of a fixed size. */
  readonly width: number;
  readonly isSigned: boolean;
  /** Whether places in texts, bytes or lists have 8 bytes instead of 4. */
  readonly isLarge: boolean;
  readonly children: readonly ArrowField[];
  /** The number of the dictionary, and the field of its values. */
  readonly dictionary?: { readonly id: number; readonly values: ArrowField };
}

type Type = readonly [name: string, kind: ArrowKind, buffers: number];

/** The types by their number in Arrow's Schema.fbs. */
const TYPES: readonly (Type | undefined)[] = [
  undefined,
  ['Null', 'null', 0],
  ['Int', 'int', 2],
  ['FloatingPoint', 'float', 2],
  ['Binary', 'bytes', 3],
  ['Utf8', 'text', 3],
  ['Bool', 'bool', 2],
  ['Decimal', 'other', 2],
  ['Date', 'int', 2],
  ['Time', 'int', 2],
  ['Timestamp', 'int', 2],
  ['Interval', 'other', 2],
  ['List', 'list', 2],
  ['Struct', 'struct', 1],
  ['Union', 'other', 1],
  ['FixedSizeBinary', 'fixed-bytes', 2],
  ['FixedSizeList', 'fixed-list', 1],
  ['Map', 'other', 2],
  ['Duration', 'int', 2],
  ['LargeBinary', 'bytes', 3],
  ['LargeUtf8', 'text', 3],
  ['LargeList', 'list', 2],
  ['RunEndEncoded', 'other', 0],
  ['BinaryView', 'other', 2],
  ['Utf8View', 'other', 2],
  ['ListView', 'other', 3],
  ['LargeListView', 'other', 3],
];

/**
 * The fields of a schema, with those within them.
 *
 * @param place where the schema is, for messages
 * @throws {LimitExceededError} they are nested deeper than `limits.depth`
 * @throws {RangeError} the description is damaged
 */
export function arrowFields(schema: FlatTable, limits: Required<Limits>, place: string): ArrowField[] {
  return schema.tables(1).map((field) => fieldOf(field, 1));

  function fieldOf(field: FlatTable, depth: number): ArrowField {
    if (depth > limits.depth) throw limitExceeded(limits, 'depth', place, 'more');
    const number = field.int(2, 1);
    const known = TYPES[number];
    if (!known) throw new RangeError(`its description has a type ${number}`);
    const children = field.tables(5).map((child) => fieldOf(child, depth + 1));
    const described = ofType(field.text(0), known, field.table(3), children);
    const encoding = field.table(4);
    if (!encoding) return described;
    const index = ofType(described.name, TYPES[2]!, encoding.table(1), []);
    return {
      ...index,
      width: encoding.table(1) ? index.width : 32,
      isSigned: encoding.table(1) ? index.isSigned : true,
      type: 'Dictionary',
      kind: 'dictionary',
      dictionary: { id: encoding.int(0, 8), values: described },
    };
  }
}

function ofType(
  name: string,
  [type, kind, buffers]: Type,
  details: FlatTable | undefined,
  children: readonly ArrowField[],
): ArrowField {
  const number = (field: number, bytes: 1 | 2 | 4, byDefault = 0) =>
    details?.int(field, bytes, byDefault) ?? byDefault;
  const width = (): number => {
    if (type === 'FloatingPoint') return 16 << number(0, 2);
    if (type === 'Date') return number(0, 2, 1) === 0 ? 32 : 64;
    if (type === 'Time') return number(1, 4, 32);
    return kind === 'int' && type !== 'Int' ? 64 : number(0, 4);
  };
  const isDense = type === 'Union' && number(0, 2) === 1;
  return {
    name,
    kind,
    type,
    buffers: isDense ? 2 : buffers,
    hasViews: type === 'BinaryView' || type === 'Utf8View',
    width: width(),
    isSigned: type !== 'Int' || number(1, 1) !== 0,
    isLarge: type.startsWith('Large'),
    children,
  };
}
