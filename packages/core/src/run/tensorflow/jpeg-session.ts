import * as tf from '@tensorflow/tfjs-core';
import { DataType } from '../../program/node-writer';
import type { NativeBackend } from '../../tfjs-internals/native-backend';
import { graphSession } from './graph-session';
import { GraphWriter } from './graph-writer';
import { constantAttributes, type GraphFunction, type GraphNode, type TensorValue } from './messages';

const UINT8 = { type: DataType.uint8 };
const INT32 = { type: DataType.int32 };
const FLOAT32 = { type: DataType.float };

/**
 * Loads a session that decodes JPEGs and resizes each to `size`. TensorFlow decodes as many of them at once as there are
 * cores: its operation MapDefun calls the graph's function `draw` for each file.
 *
 * The session's function returns RGB, `[files, height, width, 3]`, as float32: `tf.image.resize` of the decoded pixels
 * (accurate DCT, smooth upsampling), rounded, halves up. The function blocks the calling thread, and throws if a file can't
 * be decoded. The caller disposes the tensor.
 */
export function jpegSession(
  backend: NativeBackend,
  [height, width]: readonly [height: number, width: number],
): (files: readonly Uint8Array[]) => tf.Tensor4D {
  const writer = new GraphWriter();
  const files = writer.input([null], DataType.string);
  const images = writer.node('MapDefun', [files], {
    f: { func: 'draw' },
    Targuments: { types: [DataType.string] },
    Tcaptured: { types: [] },
    output_types: { types: [DataType.float] },
    output_shapes: { shapes: [[height, width, 3]] },
    max_intra_op_parallelism: { i: 1 },
  });
  const session = graphSession(backend, writer.graph, [drawFunction(height, width)]);
  return (given) => {
    const input = tf.tensor1d(given as Uint8Array[], 'string');
    try {
      return session.run(new Map([[files, input]]), [images])[0] as tf.Tensor4D;
    } finally {
      input.dispose();
    }
  };
}

/** The function that decodes one file and resizes the image. */
function drawFunction(height: number, width: number): GraphFunction {
  const constant = (name: string, value: TensorValue): GraphNode => ({
    name,
    op: 'Const',
    inputs: [],
    attributes: constantAttributes(value),
  });
  const ints = (name: string, sizes: readonly number[], values: readonly number[]) =>
    constant(name, { dtype: DataType.int32, sizes, values: Int32Array.from(values) });
  const nodes: GraphNode[] = [
    ints('first', [], [0]),
    ints('size', [2], [height, width]),
    ints('shape', [3], [height, width, 3]),
    constant('half', { dtype: DataType.float, sizes: [], values: Float32Array.of(0.5) }),
    {
      name: 'decoded',
      op: 'DecodeJpeg',
      inputs: ['file'],
      attributes: {
        channels: { i: 3 },
        ratio: { i: 1 },
        fancy_upscaling: { b: true },
        try_recover_truncated: { b: false },
        acceptable_fraction: { f: 1 },
        dct_method: { s: 'INTEGER_ACCURATE' },
      },
    },
    // TensorFlow resizes floats with vector instructions, and bytes without. The results are equal to the bit.
    { name: 'floats', op: 'Cast', inputs: ['decoded:image:0'], attributes: { SrcT: UINT8, DstT: FLOAT32 } },
    {
      name: 'one',
      op: 'ExpandDims',
      inputs: ['floats:y:0', 'first:output:0'],
      attributes: { T: FLOAT32, Tdim: INT32 },
    },
    {
      name: 'resized',
      op: 'ResizeBilinear',
      inputs: ['one:output:0', 'size:output:0'],
      attributes: { T: FLOAT32, align_corners: { b: false }, half_pixel_centers: { b: true } },
    },
    {
      name: 'raised',
      op: 'AddV2',
      inputs: ['resized:resized_images:0', 'half:output:0'],
      attributes: { T: FLOAT32 },
    },
    { name: 'rounded', op: 'Floor', inputs: ['raised:z:0'], attributes: { T: FLOAT32 } },
    {
      name: 'image',
      op: 'Reshape',
      inputs: ['rounded:y:0', 'shape:output:0'],
      attributes: { T: FLOAT32, Tshape: INT32 },
    },
  ];
  return {
    name: 'draw',
    takes: { file: DataType.string },
    gives: { pixels: { type: DataType.float, from: 'image:output:0' } },
    nodes,
  };
}
