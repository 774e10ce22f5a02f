import * as tf from '@tensorflow/tfjs-core';
import { DataType } from '../../program/node-writer';
import type { NativeBackend } from '../../tfjs-internals/native-backend';
import { graphSession } from './graph-session';
import { GraphWriter } from './graph-writer';

const UINT8 = { type: DataType.uint8 };
const INT32 = { type: DataType.int32 };
const STRING = { type: DataType.string };
const FLOAT32 = { type: DataType.float };

/**
 * Loads a session that decodes `count` JPEGs and resizes each to `size`. TensorFlow decodes as many of them at once as
 * there are cores.
 *
 * The session's function returns RGB bytes: `tf.image.resize` of the decoded pixels (accurate DCT, smooth upsampling),
 * rounded, halves up. It blocks the calling thread, and throws if a file can't be decoded.
 */
export function jpegSession(
  backend: NativeBackend,
  count: number,
  [height, width]: readonly [height: number, width: number],
): (files: readonly Uint8Array[]) => Uint8Array {
  const writer = new GraphWriter();
  const size = writer.ints([height, width]);
  const first = writer.ints([0]);
  const half = writer.floats([0.5], []);
  const files = writer.input([count], DataType.string);
  const images = writer
    .nodes('Unpack', [files], { num: { i: count }, axis: { i: 0 }, T: STRING }, count)
    .map((file) => {
      const decoded = writer.node('DecodeJpeg', [file], {
        channels: { i: 3 },
        ratio: { i: 1 },
        fancy_upscaling: { b: true },
        try_recover_truncated: { b: false },
        acceptable_fraction: { f: 1 },
        dct_method: { s: 'INTEGER_ACCURATE' },
      });
      const one = writer.node('ExpandDims', [decoded, first], { T: UINT8, Tdim: INT32 });
      const resized = writer.node('ResizeBilinear', [one, size], {
        T: UINT8,
        align_corners: { b: false },
        half_pixel_centers: { b: true },
      });
      const raised = writer.node('AddV2', [resized, half], { T: FLOAT32 });
      return writer.node('Cast', [raised], { SrcT: FLOAT32, DstT: UINT8 });
    });
  const all = writer.node('Pack', images, { N: { i: count }, axis: { i: 0 }, T: UINT8 });
  // TensorFlow.js can't read uint8. If possible, four bytes are read as one int32.
  const isInFours = (count * height * width * 3) % 4 === 0;
  const fours = () => writer.node('Reshape', [all, writer.ints([-1, 4])], { T: UINT8, Tshape: INT32 });
  const output = isInFours
    ? writer.node('Bitcast', [fours()], { T: UINT8, type: INT32 })
    : writer.node('Cast', [all], { SrcT: UINT8, DstT: INT32 });
  const session = graphSession(backend, writer.graph);

  return (given) => {
    const input = tf.tensor1d(given as Uint8Array[], 'string');
    try {
      const [result] = session.run(new Map([[files, input]]), [output]);
      const numbers = result.dataSync<'int32'>();
      result.dispose();
      return isInFours ? new Uint8Array(numbers.buffer) : Uint8Array.from(numbers);
    } finally {
      input.dispose();
    }
  };
}
