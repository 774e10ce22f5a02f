import { fromBfloat16, fromFloat16 } from './half-floats';

/** A type of little-endian numbers in a file. */
export interface NumberType {
  readonly bytes: number;
  /** Converts bytes to float32. `bytes` starts at the beginning of its buffer. */
  read(bytes: ArrayBuffer): Float32Array;
}

const narrowed = (values: Iterable<number | bigint>) => Float32Array.from(values as Iterable<number>, Number);

/** The number types of weights files, by safetensors' names. All of them are read as float32. */
export const numberTypes: Readonly<Record<string, NumberType>> = {
  F64: { bytes: 8, read: (bytes) => Float32Array.from(new Float64Array(bytes)) },
  F32: { bytes: 4, read: (bytes) => new Float32Array(bytes) },
  F16: { bytes: 2, read: (bytes) => fromFloat16(new Uint16Array(bytes)) },
  BF16: { bytes: 2, read: (bytes) => fromBfloat16(new Uint16Array(bytes)) },
  I64: { bytes: 8, read: (bytes) => narrowed(new BigInt64Array(bytes)) },
  U64: { bytes: 8, read: (bytes) => narrowed(new BigUint64Array(bytes)) },
  I32: { bytes: 4, read: (bytes) => narrowed(new Int32Array(bytes)) },
  U32: { bytes: 4, read: (bytes) => narrowed(new Uint32Array(bytes)) },
  I16: { bytes: 2, read: (bytes) => narrowed(new Int16Array(bytes)) },
  U16: { bytes: 2, read: (bytes) => narrowed(new Uint16Array(bytes)) },
  I8: { bytes: 1, read: (bytes) => narrowed(new Int8Array(bytes)) },
  U8: { bytes: 1, read: (bytes) => narrowed(new Uint8Array(bytes)) },
  BOOL: { bytes: 1, read: (bytes) => narrowed(new Uint8Array(bytes)) },
};

/** A copy of the bytes from `start` to `end` in a new buffer, which is aligned for every typed array. */
export function ownBuffer(bytes: Uint8Array, start: number, end: number): ArrayBuffer {
  return Uint8Array.from(bytes.subarray(start, end)).buffer;
}

/** The product of sizes. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
