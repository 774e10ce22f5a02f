import { AccumulatorStateError } from '../errors';

/** Bytes per call of `String.fromCharCode`, which takes a limited number of arguments. */
const STEP = 0x8000;

/**
 * The bytes of a typed array as base64, in the order of memory: little-endian on every machine that runs
 * JavaScript today.
 */
export function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += STEP)
    parts.push(String.fromCharCode(...bytes.subarray(start, start + STEP)));
  return btoa(parts.join(''));
}

/** Reads the bytes of a part of a state. */
export function fromBase64(metric: string, name: string, text: unknown): Uint8Array<ArrayBuffer> {
  const characters = decode(text);
  if (characters === undefined) {
    throw new AccumulatorStateError(
      `${metric}.fromJSON: expected ${name} in base64; received ${String(JSON.stringify(text)).slice(0, 60)}. Was the file cut or edited?`,
    );
  }
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

function decode(text: unknown): string | undefined {
  try {
    return typeof text === 'string' ? atob(text) : undefined;
  } catch {
    return undefined;
  }
}
