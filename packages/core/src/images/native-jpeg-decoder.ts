import type * as tf from '@tensorflow/tfjs-core';
import type { JpegBatchDecoder } from '../labelled-images';
import { nodeModules } from '../platform/node';
import { type NativeBackend, nativeBackend } from '../tfjs-internals/native-backend';
import { NativePixels } from './native-pixels';

/** Images per run of a session. More would hold more decoded images at once, and run no faster. */
const AT_ONCE = 64;
/** The most floats that one run of a session gives: 64 images of 418×418. */
const MOST_FLOATS = 2 ** 25;

/** A session that decodes to one size, and the function that reads its tensors. */
interface Session {
  decode(files: readonly Uint8Array[]): tf.Tensor4D;
  read(tensor: tf.Tensor4D): Uint8Array;
}

/** Sessions by size. They hold no weights, so they are kept as long as the backend. */
const sessions = new WeakMap<NativeBackend, Map<string, Session>>();

/**
 * A decoder for the batches of a data set, on the native backend: TensorFlow decodes and resizes JPEGs, many at once.
 *
 * Training and prediction pass it to `batches` by themselves, and give the images to the network without a copy in
 * JavaScript. Pass it yourself to batches that you read yourself: a batch's `pixels` are then copied when you read them.
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
  const decode: JpegBatchDecoder = async (files, size) => {
    const bytes = size[0] * size[1] * 3;
    const { decode, read } = await sessionFor(backend, size);
    const out = new Uint8Array(files.length * bytes);
    const most = mostAtOnce(size);
    for (let start = 0; start < files.length; start += most) {
      const tensor = decode(files.slice(start, start + most));
      out.set(read(tensor), start * bytes);
      tensor.dispose();
    }
    return out;
  };
  const hold: JpegBatchDecoder['hold'] = async (files, size) => {
    if (files.length > mostAtOnce(size)) return undefined;
    const { decode, read } = await sessionFor(backend, size);
    return new NativePixels({ decode: () => decode(files), read });
  };
  return Object.assign(decode, { hold });
}

/** How many images of a size one run of a session decodes. */
function mostAtOnce([height, width]: readonly [height: number, width: number]): number {
  return Math.min(AT_ONCE, Math.max(1, Math.floor(MOST_FLOATS / (height * width * 3))));
}

async function sessionFor(
  backend: NativeBackend,
  size: readonly [height: number, width: number],
): Promise<Session> {
  let ofBackend = sessions.get(backend);
  if (!ofBackend) {
    ofBackend = new Map();
    sessions.set(backend, ofBackend);
  }
  const key = size.join('×');
  let session = ofBackend.get(key);
  if (!session) {
    // Imported only if needed: a web page never has the native backend.
    const { jpegSession } = await import('../run/tensorflow/jpeg-session');
    const { readBytes } = await import('../run/tensorflow/read-bytes');
    session = { decode: jpegSession(backend, size), read: (tensor) => readBytes(backend, tensor) };
    ofBackend.set(key, session);
  }
  return session;
}
