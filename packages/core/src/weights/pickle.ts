import { WeightsFileError } from './errors';

/** The content of a pickle: numbers, texts, bytes, lists, maps (for dicts), and what `PickleHandlers` return. */
export type Pickled = unknown;

/** How a caller translates the parts of a pickle that name Python's classes and functions. */
export interface PickleHandlers {
  /** The stand-in for a class or function with a full name (`collections.OrderedDict`). Undefined refuses the pickle. */
  global(name: string): PickledGlobal | undefined;
  /** An object that the pickle only refers to, as PyTorch does for storages. */
  persistent(id: Pickled): Pickled;
}

/** The stand-in for a Python class or function. Python never runs, only `call`. */
export interface PickledGlobal {
  readonly name: string;
  /** Returns the result of calling the class or function. Undefined for mere names, such as number types. */
  readonly call?: (args: readonly Pickled[]) => Pickled;
}

const MARK = Symbol('mark');

/** Limits on depth and length, which no real weights file reaches. They stop hostile files. */
const LARGEST_STACK = 10_000_000;

/**
 * Reads one pickle as data: no code in it or named by it runs.
 *
 * It knows the opcodes of protocols 2 to 5 that plain containers and PyTorch's tensors need. A global that the handlers don't
 * allow is an error that names it.
 *
 * @returns the value, and the offset behind the pickle
 * @throws {WeightsFileError} cut short, of another protocol, or with a global that isn't allowed
 */
export function readPickle(
  bytes: Uint8Array,
  start: number,
  source: string,
  handlers: PickleHandlers,
): { readonly value: Pickled; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: Pickled[] = [];
  const memo = new Map<number, Pickled>();
  let at = start;

  const refuse = (what: string) => new WeightsFileError(`${source}: ${what}`);
  const damaged = (what: string) =>
    refuse(`expected a pickle of plain containers and tensors; ${what}. Download or save it again.`);
  const take = (length: number): number => {
    if (!(length >= 0) || at + length > bytes.length) throw damaged('it is cut short');
    at += length;
    return at - length;
  };
  const byte = () => bytes[take(1)];
  const uint16 = () => view.getUint16(take(2), true);
  const uint32 = () => view.getUint32(take(4), true);
  const uint64 = () => Number(view.getBigUint64(take(8), true));
  const raw = (length: number) => {
    const from = take(length);
    return bytes.subarray(from, from + length);
  };
  const text = (length: number) => new TextDecoder().decode(raw(length));
  const line = () => {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) throw damaged('it is cut short');
    const found = text(end - at);
    at++;
    return found;
  };
  const push = (value: Pickled) => {
    if (stack.length >= LARGEST_STACK) throw damaged('it is nested too deeply');
    stack.push(value);
  };
  const pop = (): Pickled => {
    if (stack.length === 0) throw damaged('it takes more from its stack than there is');
    return stack.pop();
  };
  const popMark = (): Pickled[] => {
    const mark = stack.lastIndexOf(MARK);
    if (mark < 0) throw damaged('it takes more from its stack than there is');
    const values = stack.slice(mark + 1);
    stack.length = mark;
    return values;
  };
  const top = () => stack.at(-1);
  const remembered = (key: number) => {
    if (!memo.has(key)) throw damaged('it refers to what it does not hold');
    return memo.get(key);
  };
  const tuple = (length: number) => {
    const values = Array.from({ length }, pop).reverse();
    push(values);
  };
  const setItems = (pairs: Pickled[]) => {
    const target = top();
    if (!(target instanceof Map)) throw damaged('it sets items of what is no dict');
    for (let i = 0; i + 1 < pairs.length; i += 2) target.set(pairs[i], pairs[i + 1]);
  };
  const append = (values: Pickled[]) => {
    const target = top();
    if (!Array.isArray(target)) throw damaged('it appends to what is no list');
    for (const value of values) target.push(value);
  };
  const global = (module: unknown, name: unknown) => {
    // A mark, which is a symbol, may stand in their place.
    const full = `${String(module)}.${String(name)}`;
    const known = handlers.global(full);
    if (known) return push(known);
    throw refuse(
      `the pickle names ${JSON.stringify(full)}, which isn't allowed: only tensors and plain containers are read, and no code ` +
        `of a file is run. Save the weights alone: torch.save(model.state_dict(), path).`,
    );
  };
  const reduce = () => {
    const [args, called] = [pop(), pop()];
    const { name, call } = (called ?? {}) as PickledGlobal;
    if (!call || !Array.isArray(args))
      throw damaged(`it calls ${String(name ?? 'something')}, which can't be called`);
    push(call(args));
  };
  const long = (length: number) => {
    let value = 0n;
    const digits = raw(length);
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(digits[i]);
    if (length > 0 && digits[length - 1] >= 0x80) value -= 1n << BigInt(8 * length);
    const number = Number(value);
    push(Number.isSafeInteger(number) ? number : value);
  };

  const opcodes: Readonly<Record<number, () => void>> = {
    128: () => void byte(), // PROTO
    149: () => void uint64(), // FRAME
    40: () => push(MARK), // (
    48: () => void pop(), // 0 POP
    49: () => void popMark(), // 1 POP_MARK
    50: () => push(top()), // 2 DUP
    78: () => push(null), // N NONE
    136: () => push(true), // NEWTRUE
    137: () => push(false), // NEWFALSE
    74: () => push(view.getInt32(take(4), true)), // J BININT
    75: () => push(byte()), // K BININT1
    77: () => push(uint16()), // M BININT2
    138: () => long(byte()), // LONG1
    139: () => long(uint32()), // LONG4
    71: () => push(view.getFloat64(take(8), false)), // G BINFLOAT
    88: () => push(text(uint32())), // X BINUNICODE
    140: () => push(text(byte())), // SHORT_BINUNICODE
    141: () => push(text(uint64())), // BINUNICODE8
    84: () => push(text(uint32())), // T BINSTRING
    85: () => push(text(byte())), // U SHORT_BINSTRING
    66: () => push(raw(uint32())), // B BINBYTES
    67: () => push(raw(byte())), // C SHORT_BINBYTES
    142: () => push(raw(uint64())), // BINBYTES8
    93: () => push([]), // ] EMPTY_LIST
    41: () => push([]), // ) EMPTY_TUPLE
    125: () => push(new Map()), // } EMPTY_DICT
    143: () => push([]), // EMPTY_SET
    97: () => append([pop()]), // a APPEND
    101: () => append(popMark()), // e APPENDS
    144: () => append(popMark()), // ADDITEMS
    145: () => push(popMark()), // FROZENSET
    108: () => push(popMark()), // l LIST
    116: () => push(popMark()), // t TUPLE
    133: () => tuple(1), // TUPLE1
    134: () => tuple(2), // TUPLE2
    135: () => tuple(3), // TUPLE3
    115: () => setItems([pop(), pop()].reverse()), // s SETITEM
    117: () => setItems(popMark()), // u SETITEMS
    113: () => void memo.set(byte(), top()), // q BINPUT
    114: () => void memo.set(uint32(), top()), // r LONG_BINPUT
    148: () => void memo.set(memo.size, top()), // MEMOIZE
    104: () => push(remembered(byte())), // h BINGET
    106: () => push(remembered(uint32())), // j LONG_BINGET
    99: () => global(line(), line()), // c GLOBAL
    147: () => {
      const [name, module] = [pop(), pop()];
      global(module, name);
    }, // STACK_GLOBAL
    82: reduce, // R REDUCE
    129: reduce, // NEWOBJ
    98: () => void pop(), // b BUILD: attributes of an OrderedDict, of which PyTorch sets _metadata
    81: () => push(handlers.persistent(pop())), // Q BINPERSID
  };

  for (;;) {
    const opcode = byte();
    if (opcode === 46) return { value: pop(), end: at }; // . STOP
    const run = opcodes[opcode];
    if (!run) throw damaged(`it has the opcode ${opcode}, which those don't need`);
    run();
  }
}
