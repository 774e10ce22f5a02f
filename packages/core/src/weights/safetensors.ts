import { WeightsFileError } from './errors';
import type { NamedWeight, WeightsFile } from './named-weights';
import { elementCount, numberTypes, ownBuffer } from './raw-numbers';

interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [start: number, end: number];
}

/** The format's limit on the header's size. */
const LARGEST_HEADER = 100_000_000;

/** Whether the bytes begin as safetensors do: the header's length, eight bytes, and its opening brace. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes[8] === 0x7b;
}

/**
 * Reads a safetensors file: a header in JSON that gives each tensor's type, shape and place, then the numbers.
 *
 * Names of PyTorch's kind (`layer1.0.conv1.weight`) become layer and weight at their last dot. A file whose metadata or
 * weight names are Keras' (`…/kernel`) keeps Keras' axis orders.
 *
 * @throws {WeightsFileError} the header doesn't fit the file
 */
export function readSafetensors(bytes: Uint8Array, source: string): WeightsFile {
  const fail = (what: string) =>
    new WeightsFileError(`${source}: expected a safetensors file; ${what}. Download it again.`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  const start = 8 + Number(length);
  if (length > LARGEST_HEADER || start > bytes.length) {
    throw fail(`its header claims ${length} bytes, of a file of ${bytes.length}`);
  }
  const header = parsed(bytes.subarray(8, start), fail);
  const weights = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => weightOf(name, checked(name, entry), bytes, start, fail));
  const layout = weights.some(({ name }) => name === 'kernel' || name === 'gamma') ? 'keras' : 'pytorch';
  return { layout: weights.some(({ name }) => name === 'weight') ? 'pytorch' : layout, weights, close() {} };

  function checked(name: string, entry: unknown): TensorEntry {
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as TensorEntry;
    const whole = (values: unknown): values is number[] =>
      Array.isArray(values) && values.every((value) => Number.isSafeInteger(value) && value >= 0);
    if (!whole(shape) || !whole(offsets) || offsets.length !== 2)
      throw fail(`"${name}" has no shape or place`);
    // A tensor of another type, as a quantised one, may lie beside those that are read. Names of types are upper-case.
    if (!/^[A-Z][A-Z0-9_]*$/.test(dtype))
      throw fail(`"${name}" is of the type ${JSON.stringify(dtype)}, which isn't read`);
    const width = Object.hasOwn(numberTypes, dtype) ? numberTypes[dtype].bytes : undefined;
    const [from, to] = offsets as [number, number];
    const fits = width === undefined || to - from === elementCount(shape) * width;
    if (to < from || to > bytes.length - start || !fits) {
      throw fail(`"${name}" is said to lie at ${from}…${to} of ${bytes.length - start} bytes`);
    }
    return { dtype, shape, data_offsets: [from, to] };
  }
}

function weightOf(
  name: string,
  { dtype, shape, data_offsets: [from, to] }: TensorEntry,
  bytes: Uint8Array,
  start: number,
  fail: (what: string) => WeightsFileError,
): NamedWeight {
  const parts = name.split(/[./]/);
  return {
    layer: parts.slice(0, -1),
    name: parts.at(-1)!,
    shape,
    read() {
      if (!Object.hasOwn(numberTypes, dtype))
        throw fail(`"${name}" is of the type ${JSON.stringify(dtype)}, which isn't read`);
      return numberTypes[dtype].read(ownBuffer(bytes, start + from, start + to));
    },
  };
}

function parsed(
  header: Uint8Array,
  fail: (what: string) => WeightsFileError,
): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return json as Record<string, unknown>;
  } catch {
    // The error is thrown below.
  }
  throw fail('its header is not the JSON that it should be');
}
