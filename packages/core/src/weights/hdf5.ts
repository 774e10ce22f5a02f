import type { Dataset, File, Group } from 'h5wasm';
import { checkGlobalHeaps } from './check-global-heaps';
import { readingFile } from './damaged-file';
import { WeightsFileError } from './errors';
import { fromBfloat16, fromFloat16 } from './half-floats';

/** HDF5's class numbers of whole numbers, floating-point numbers, and bytes that HDF5 knows nothing of. */
const [H5T_INTEGER, H5T_FLOAT, H5T_OPAQUE] = [0, 1, 5];

/** \x89HDF\r\n\x1a\n, the first bytes of every HDF5 file that Keras writes. */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

let filesOpened = 0;

/** An HDF5 file in memory. */
export interface Hdf5 {
  readonly root: File;
  close(): void;
}

/** Whether the bytes begin as HDF5 does. */
export function isHdf5(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * Opens HDF5 bytes, which are not copied. The HDF5 library is loaded with the first call.
 *
 * @throws {WeightsFileError} cut short or damaged
 */
export async function openHdf5(bytes: Uint8Array, source: string): Promise<Hdf5> {
  checkGlobalHeaps(bytes, source);
  const h5 = await import('h5wasm');
  const { FS, ...hdf5 } = await h5.ready;
  const name = `thaw-${filesOpened++}.h5`;
  // The last argument: the memory file system reads the bytes where they are, without a copy.
  FS.createDataFile('/', name, bytes, true, false, true);
  hdf5.activate_throwing_error_handler(); // otherwise HDF5 prints errors instead of throwing
  let root: File | undefined;
  const close = () => {
    try {
      root?.close();
    } catch {
      // Closing a damaged file may fail. Its memory file is removed anyway.
    }
    hdf5.deactivate_throwing_error_handler();
    FS.unlink(name);
  };
  try {
    root = new h5.File(name, 'r');
  } catch (cause) {
    close();
    throw new WeightsFileError(
      `${source}: the file starts as HDF5 and can't be opened; it is cut short or damaged. Download or save it again.`,
      { cause },
    );
  }
  return { root, close };
}

/** The bytes of a new HDF5 file that a function fills. The HDF5 library is loaded with the first call. */
export async function hdf5Bytes(write: (root: Group) => void): Promise<Uint8Array> {
  const h5 = await import('h5wasm');
  const { FS, ...hdf5 } = await h5.ready;
  const name = `thaw-${filesOpened++}.h5`;
  hdf5.activate_throwing_error_handler(); // otherwise HDF5 prints errors instead of throwing
  const file = new h5.File(name, 'w');
  try {
    write(file);
  } finally {
    file.close();
    hdf5.deactivate_throwing_error_handler();
  }
  const bytes = FS.readFile(name) as Uint8Array;
  FS.unlink(name);
  return bytes;
}

/** The group or dataset with a name in a group. */
function itemAt(group: Group, name: string, source: string): Group | Dataset {
  const missing = (cause?: unknown) =>
    new WeightsFileError(
      `${source}: "${group.path}" lists "${name}", which isn't in the file or can't be read. Download or save it again.`,
      { cause },
    );
  let item: unknown;
  try {
    item = group.get(name);
  } catch (cause) {
    throw missing(cause);
  }
  if (isGroup(item) || isDataset(item)) return item;
  throw missing();
}

/** The group with a name in a group. */
export function groupAt(group: Group, name: string, source: string): Group {
  const item = itemAt(group, name, source);
  if (isGroup(item)) return item;
  throw new WeightsFileError(`${source}: expected "${item.path}" to be a group; it is a dataset.`);
}

/** The dataset with a name in a group. */
export function datasetAt(group: Group, name: string, source: string): Dataset {
  const item = itemAt(group, name, source);
  if (isDataset(item)) return item;
  throw new WeightsFileError(`${source}: expected "${item.path}" to be a dataset; it is a group.`);
}

export function isGroup(item: unknown): item is Group {
  return (item as { type?: unknown } | null)?.type === 'Group';
}

export function isDataset(item: unknown): item is Dataset {
  return (item as { type?: unknown } | null)?.type === 'Dataset';
}

/** The sizes of a dataset; none for a single number. */
export function shapeOf(dataset: Dataset, source: string): readonly number[] {
  return readingFile(source, () => dataset.shape ?? []);
}

/**
 * The numbers of a dataset as float32, converted from float16, bfloat16 or float64 if needed. bfloat16 is marked by Keras, or
 * written as two bytes that HDF5 knows nothing of. Whole numbers are read if there is but one, as the count of images in
 * Keras' Normalization.
 */
export function floatsOf(dataset: Dataset, source: string): Float32Array {
  const what = `${source}: weight "${dataset.path}"`;
  let value: unknown;
  let kind: unknown;
  let fromBits: ((bits: Uint16Array) => Float32Array) | undefined;
  try {
    const { metadata } = dataset;
    const { type, size, littleEndian } = metadata;
    if (size === 2 && type === H5T_FLOAT && littleEndian) fromBits = fromFloat16;
    if (size === 2 && type === H5T_OPAQUE) fromBits = fromBfloat16;
    // h5wasm has neither type. Read as whole numbers of the same size, the values are the bits.
    if (fromBits) Object.assign(metadata, { type: H5T_INTEGER, signed: false, littleEndian: true });
    value = dataset.value;
    kind = dataset.attrs.dtype?.value;
  } catch (cause) {
    throw new WeightsFileError(`${what} can't be read; the file is damaged. Download or save it again.`, {
      cause,
    });
  }
  if (fromBits && value instanceof Uint16Array) return fromBits(value);
  const isSingle = shapeOf(dataset, source).length === 0;
  const values = isSingle && ['number', 'bigint'].includes(typeof value) ? [Number(value)] : value;
  if (kind === 'bfloat16' && ArrayBuffer.isView(values)) return bfloat16Of(values);
  if (values instanceof Float32Array) return values;
  if (values instanceof Float64Array || Array.isArray(values)) return Float32Array.from(values as number[]);
  throw new WeightsFileError(
    `${what}: expected float32, float64, float16 or bfloat16; received ${JSON.stringify(dataset.dtype)}. Save the model with ` +
      'weights of float32.',
  );
}

function bfloat16Of({ buffer, byteOffset, byteLength }: ArrayBufferView): Float32Array {
  return fromBfloat16(new Uint16Array(buffer.slice(byteOffset, byteOffset + byteLength)));
}

/** A list of texts in a group's attributes. Keras splits an attribute that is over 64 KB into name0, name1, … */
export function stringList(group: Group, name: string, source: string): string[] | undefined {
  return readingFile(source, () => {
    const { attrs } = group;
    if (name in attrs) return strings(attrs[name].value);
    if (!(`${name}0` in attrs)) return undefined;
    const all: string[] = [];
    for (let chunk = 0; `${name}${chunk}` in attrs; chunk++)
      all.push(...strings(attrs[`${name}${chunk}`].value));
    return all;
  });
}

/** A text in a group's attributes. */
export function stringAttribute(group: Group, name: string, source: string): string | undefined {
  return readingFile(source, () => {
    const value = group.attrs[name]?.value;
    return typeof value === 'string' ? value : undefined;
  });
}

/** An empty list is stored by numpy as an empty array of floats. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}
