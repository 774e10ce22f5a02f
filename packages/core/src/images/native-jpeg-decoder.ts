import type { JpegBatchDecoder } from '../labelled-images';
import { nodeModules } from '../platform/node';
import { type NativeBackend, nativeBackend } from '../tfjs-internals/native-backend';

/** Images per run of a session. More would hold more decoded images at once, and run no faster. */
const AT_ONCE = 32;

type Decode = (files: readonly Uint8Array[]) => Uint8Array;

/** Sessions by count and size. They hold no weights, so they are kept as long as the backend. */
const sessions = new WeakMap<NativeBackend, Map<string, Decode>>();

/**
 * A decoder for the batches of a data set, on the native backend: TensorFlow decodes and resizes JPEGs, many at once.
 *
 * Training and prediction pass it to `batches` by themselves. Pass it yourself to batches that you read yourself.
 *
 * @returns undefined on other backends, where data sets decode in their own way
 *
 * @example
 * ```ts
 * import { nativeJpegDecoder } from '@thawjs/core';
 *
 * const decoder = nativeJpegDecoder(); // undefined, unless useBestBackend() has found the native backend
 * console.log(decoder === undefined || typeof decoder === 'function'); // true
 * ```
 */
export function nativeJpegDecoder(): JpegBatchDecoder | undefined {
  const backend = nodeModules() && nativeBackend();
  if (!backend) return undefined;
  return async (files, size) => {
    if (files.length <= AT_ONCE) return (await sessionFor(backend, files.length, size))(files);
    const bytes = size[0] * size[1] * 3;
    const out = new Uint8Array(files.length * bytes);
    for (let start = 0; start < files.length; start += AT_ONCE) {
      const some = files.slice(start, start + AT_ONCE);
      const decode = await sessionFor(backend, some.length, size);
      out.set(decode(some), start * bytes);
    }
    return out;
  };
}

async function sessionFor(
  backend: NativeBackend,
  count: number,
  size: readonly [height: number, width: number],
): Promise<Decode> {
  let ofBackend = sessions.get(backend);
  if (!ofBackend) {
    ofBackend = new Map();
    sessions.set(backend, ofBackend);
  }
  const key = `${count} of ${size.join('×')}`;
  let decode = ofBackend.get(key);
  if (!decode) {
    // Imported only if needed: a web page never has the native backend.
    const { jpegSession } = await import('../run/tensorflow/jpeg-session');
    decode = jpegSession(backend, count, size);
    ofBackend.set(key, decode);
  }
  return decode;
}
