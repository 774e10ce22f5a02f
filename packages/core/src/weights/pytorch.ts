import { WeightsFileError } from './errors';
import type { NamedWeight, WeightsFile } from './named-weights';
import { type Pickled, type PickledGlobal, type PickleHandlers, readPickle } from './pickle';
import { isPlainType, plainCalls } from './pickle-plain-data';
import { inRowOrder } from './pytorch-layout';
import { elementCount, numberTypes, ownBuffer } from './raw-numbers';
import type { ZipEntry } from './read-zip';

/** The numbers that tensors are views of; its bytes are known once the file is read through. */
interface Storage {
  readonly type: string;
  bytes: Uint8Array | undefined;
}

/** A view of a storage. */
class StridedTensor {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/** Classes of storages by the type of their numbers. */
const STORAGE_TYPES: Readonly<Record<string, string>> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};

/** The first pickle of the older form holds this number: 0x1950a86a20f9469cfc6c, after the protocol. */
const MAGIC = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/** Dicts in dicts beyond this are no weights. */
const DEEPEST = 32;

/** Whether the bytes begin as the older form of `torch.save` does: a chain of pickles, then the storages. */
export function isPyTorchChain(bytes: Uint8Array): boolean {
  // Protocol 4 and later begin with a frame: an opcode and a length in 8 bytes.
  const start = bytes[2] === 0x95 ? 11 : 2;
  return bytes[0] === 0x80 && MAGIC.every((byte, i) => bytes[start + i] === byte);
}

/** The pickle in a zip of `torch.save`, by which it is recognised; the archive's own folder may have any name. */
export function pyTorchPickle(entries: ReadonlyMap<string, ZipEntry>): ZipEntry | undefined {
  return [...entries.values()].find(({ name }) => /(^|\/)data\.pkl$/.test(name));
}

/** Names a PyTorch zip that contains a program rather than weights alone, and says what to do with it; undefined for others. */
export function programOf(entries: ReadonlyMap<string, ZipEntry>): string | undefined {
  const has = (name: string) => [...entries.keys()].some((key) => key.endsWith(`/${name}`));
  if (has('constants.pkl') && [...entries.keys()].some((key) => /^[^/]+\/code\//.test(key)))
    return (
      "a TorchScript program, whose code isn't run; in Python, " +
      "torch.save(torch.jit.load(path).state_dict(), 'weights.pth') saves its weights"
    );
  if (has('archive_format') && has('archive_version'))
    return (
      "a program of torch.export, whose code isn't run; in Python, " +
      "torch.save(torch.export.load(path).state_dict, 'weights.pth') saves its weights"
    );
  return undefined;
}

/**
 * Reads what `torch.save` wrote before PyTorch 1.6: pickles of a magic number, a version, the machine's sizes, the object
 * and the storages' names, then each storage's length and bytes.
 *
 * @throws {WeightsFileError} cut short, big-endian, or with anything but tensors and plain containers
 */
export function readPyTorchChain(bytes: Uint8Array, source: string): WeightsFile {
  const storages = new Map<string, Storage>();
  const views: [view: Storage, root: Storage, offset: number, size: number][] = [];
  const handlers = torchHandlers(source, (type, key, viewed) => {
    const root = storageOf(storages, type, key);
    if (!Array.isArray(viewed)) return root;
    const view: Storage = { type, bytes: undefined };
    views.push([view, root, Number(viewed[1]), Number(viewed[2])]);
    return view;
  });
  let at = 0;
  const next = (): Pickled => {
    const { value, end } = readPickle(bytes, at, source, handlers);
    at = end;
    return value;
  };
  next(); // the magic number
  next(); // the version, 1001 in all
  const machine = next();
  if (machine instanceof Map && machine.get('little_endian') === false) {
    throw new WeightsFileError(
      `${source}: expected little-endian numbers; the file was saved on a big-endian machine.`,
    );
  }
  const object = next();
  const keys = next();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const key of Array.isArray(keys) ? keys : []) {
    const storage = storages.get(String(key));
    const cut = () =>
      new WeightsFileError(`${source}: expected the numbers of all tensors; the file is cut short.`);
    if (!storage || at + 8 > bytes.length) throw cut();
    const length = Number(view.getBigInt64(at, true)) * numberTypes[storage.type].bytes;
    at += 8;
    if (length < 0 || at + length > bytes.length) throw cut();
    storage.bytes = bytes.subarray(at, at + length);
    at += length;
  }
  for (const [part, root, offset, size] of views) {
    const width = numberTypes[part.type].bytes;
    part.bytes = root.bytes?.subarray(offset * width, (offset + size) * width);
  }
  return weightsFileOf(object, source);
}

/**
 * Reads what `torch.save` writes since PyTorch 1.6: a zip of a pickle and one file per storage.
 *
 * @throws {WeightsFileError} cut short, big-endian, or with anything but tensors and plain containers
 */
export async function readPyTorchZip(
  entries: ReadonlyMap<string, ZipEntry>,
  pickle: ZipEntry,
  source: string,
): Promise<WeightsFile> {
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  const order = await entries.get(`${folder}byteorder`)?.read();
  if (order && new TextDecoder().decode(order).trim() === 'big') {
    throw new WeightsFileError(
      `${source}: expected little-endian numbers; the file was saved on a big-endian machine.`,
    );
  }
  const storages = new Map<string, Storage>();
  const handlers = torchHandlers(source, (type, key) => storageOf(storages, type, key));
  const { value } = readPickle(await pickle.read(), 0, source, handlers);
  for (const [key, storage] of storages) {
    const entry = entries.get(`${folder}data/${key}`);
    if (!entry)
      throw new WeightsFileError(
        `${source}: expected the file "data/${key}", which a tensor's numbers are in.`,
      );
    storage.bytes = await entry.read();
  }
  return weightsFileOf(value, source);
}

function storageOf(storages: Map<string, Storage>, type: string, key: string): Storage {
  const storage = storages.get(key) ?? { type, bytes: undefined };
  storages.set(key, storage);
  return storage;
}

function torchHandlers(
  source: string,
  storage: (type: string, key: string, view: Pickled) => Storage,
): PickleHandlers {
  const tensor = ([from, offset, shape, strides]: readonly Pickled[]) =>
    new StridedTensor(from as Storage, offset as number, shape as number[], strides as number[]);
  const calls: Readonly<Record<string, (args: readonly Pickled[]) => Pickled>> = {
    'collections.OrderedDict': ([pairs]) => new Map((pairs ?? []) as [unknown, unknown][]),
    'torch._utils._rebuild_tensor': tensor,
    'torch._utils._rebuild_tensor_v2': tensor,
    'torch._utils._rebuild_parameter': ([data]) => data,
    'torch._utils._rebuild_parameter_with_state': ([data]) => data,
    'torch.Size': ([sizes]) => sizes,
    'torch.device': ([name]) => name,
    ...plainCalls,
  };
  return {
    global(name): PickledGlobal | undefined {
      if (Object.hasOwn(calls, name)) return { name, call: calls[name] };
      if (/^torch\.q(u?int\d|per_)|_rebuild_qtensor$/.test(name))
        throw new WeightsFileError(
          `${source}: expected weights of floating-point numbers; received quantised ones (${name}). ` +
            'Save the state_dict of the model before it was quantised.',
        );
      const isType =
        isPlainType(name) ||
        Object.hasOwn(STORAGE_TYPES, name) ||
        /^torch\.(b?float|u?int|bool|double|half|long)\d*$/.test(name);
      return isType ? { name } : undefined;
    },
    persistent(id) {
      const [kind, named, key, , , view] = (Array.isArray(id) ? id : []) as unknown[];
      const name = String((named as Partial<PickledGlobal> | null | undefined)?.name ?? 'nothing');
      const type = kind === 'storage' ? STORAGE_TYPES[name] : undefined;
      if (type) return storage(type, String(key), view);
      throw new WeightsFileError(
        `${source}: expected tensors of plain numbers; the file has a storage of ${name}.`,
      );
    },
  };
}

function weightsFileOf(object: Pickled, source: string): WeightsFile {
  const weights: NamedWeight[] = [];
  const seen = new Set<Pickled>();
  const visit = (value: Pickled, path: readonly string[]) => {
    if (value instanceof StridedTensor) weights.push(weightOf(value, path, source));
    const isContainer = value instanceof Map || Array.isArray(value);
    if (!isContainer || path.length > DEEPEST || seen.has(value)) return;
    seen.add(value);
    for (const [key, item] of value.entries()) visit(item, [...path, ...String(key).split('.')]);
  };
  visit(object, []);
  // Items of a list, and a tensor alone, have no names.
  const isNamed = weights.some(({ layer, name }) => [...layer, name].some((part) => /\D/.test(String(part))));
  if (isNamed) return { layout: 'pytorch', weights, close() {} };
  const received = weights.length > 0 ? `${weights.length} without names` : 'none';
  throw new WeightsFileError(
    `${source}: expected a dict of tensors by name, as torch.save(model.state_dict(), path) writes; received ${received}.`,
  );
}

function weightOf(tensor: StridedTensor, path: readonly string[], source: string): NamedWeight {
  const name = path.join('.');
  const { storage, offset, shape, strides } = tensor;
  const whole = (values: unknown) =>
    Array.isArray(values) && values.every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!whole(shape) || !whole(strides) || !whole([offset]) || shape.length !== strides.length) {
    throw new WeightsFileError(
      `${source}: expected sizes and strides for "${name}"; received something else.`,
    );
  }
  return {
    layer: path.slice(0, -1),
    name: path.at(-1) ?? '',
    shape,
    read() {
      const { bytes = new Uint8Array() } = storage;
      const type = numberTypes[storage.type];
      const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], offset);
      if (elementCount(shape) > 0 && (last + 1) * type.bytes > bytes.length) {
        throw new WeightsFileError(
          `${source}: expected ${last + 1} numbers for "${name}"; the file is cut short.`,
        );
      }
      const numbers = type.read(ownBuffer(bytes, offset * type.bytes, (last + 1) * type.bytes));
      return inRowOrder(numbers, shape, strides);
    },
  };
}
