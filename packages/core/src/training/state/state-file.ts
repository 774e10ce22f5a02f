import { hex } from '../../bytes';
import { digest } from '../../digest';
import { ResumeError } from '../../errors';
import type { FileStore } from '../../files/file-store';
import type { StateArray, TrainingState } from './training-state';

/** The name of the file with the training state, in a checkpoint's store. */
const NAME = 'training-state.thaw';

// The file's format: the 8 bytes of MAGIC, the header's length as a 32-bit number, the header as JSON, zeros up to a
// multiple of 8 bytes, the arrays, each padded with zeros to a multiple of 8 bytes, and the SHA-256 of all before it.
const MAGIC = 'THAWRUN1';
const HASH_BYTES = 32;

interface StoredArray {
  readonly type: 'float32' | 'uint8';
  readonly shape: readonly number[];
  readonly start: number;
  readonly length: number;
}

type Header = Omit<TrainingState, 'arrays'> & { readonly arrays: Readonly<Record<string, StoredArray>> };

/** Whether there is a state in a store. */
export function hasState(store: FileStore): Promise<boolean> {
  return store.has(NAME);
}

/** Writes a state into a store atomically: after a crash, the store has the old state or the new one. */
export async function writeState(store: FileStore, state: TrainingState): Promise<void> {
  await store.write(NAME, await encoded(state));
}

/**
 * Reads the state in a store.
 *
 * @returns undefined if there is none.
 * @throws ResumeError if the file can't be read or is damaged.
 */
export async function readState(store: FileStore): Promise<TrainingState | undefined> {
  const file = store.at(NAME);
  const bytes = await store.read(NAME).catch((error: Error) => {
    throw new ResumeError(`resume: expected to read ${file}; ${error.message}.`, { cause: error });
  });
  if (!bytes) return undefined;
  const content = bytes.subarray(0, bytes.length - HASH_BYTES);
  const hash = hex(bytes.subarray(content.length));
  const isOurs = content.length > 12 && new TextDecoder().decode(content.subarray(0, 8)) === MAGIC;
  if (!isOurs || (await digest(content, 'sha256')) !== hash) {
    throw new ResumeError(
      `resume: expected a whole training state in ${file}; the file is damaged or another program's. ` +
        'Remove it to start from the beginning.',
    );
  }
  return decoded(content);
}

async function encoded(state: TrainingState): Promise<Uint8Array> {
  let length = 0;
  const entries = Object.entries(state.arrays).map(([name, { shape, data }]) => {
    const start = length;
    length = aligned(start + data.byteLength);
    const type = data instanceof Float32Array ? 'float32' : 'uint8';
    return [name, { type, shape, start, length: data.length } satisfies StoredArray] as const;
  });
  const header = new TextEncoder().encode(
    JSON.stringify({ ...state, arrays: Object.fromEntries(entries) }, numbers),
  );
  const begin = aligned(12 + header.length);
  const bytes = new Uint8Array(begin + length + HASH_BYTES);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(8, header.length, true);
  bytes.set(header, 12);
  for (const [name, { start }] of entries) {
    const { data } = state.arrays[name];
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), begin + start);
  }
  const hash = await digest(bytes.subarray(0, bytes.length - HASH_BYTES), 'sha256');
  bytes.set(
    Uint8Array.from({ length: HASH_BYTES }, (_, i) => Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16)),
    bytes.length - HASH_BYTES,
  );
  return bytes;
}

function decoded(content: Uint8Array<ArrayBuffer>): TrainingState {
  const length = new DataView(content.buffer).getUint32(8, true);
  const begin = aligned(12 + length);
  const header = JSON.parse(new TextDecoder().decode(content.subarray(12, 12 + length)), revived) as Header;
  const arrays = Object.entries(header.arrays).map(
    ([name, { type, shape, start, length }]): [string, StateArray] => {
      const data =
        type === 'float32'
          ? new Float32Array(content.buffer, begin + start, length)
          : new Uint8Array(content.buffer, begin + start, length);
      return [name, { shape, data }];
    },
  );
  return { ...header, arrays: Object.fromEntries(arrays) };
}

/** Encodes NaN and infinities, which history rows may have and JSON hasn't. */
function numbers(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
}

function revived(_: string, value: unknown): unknown {
  const text = (value as { number?: unknown } | null)?.number;
  return typeof text === 'string' && Object.keys(value as object).length === 1 ? Number(text) : value;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
