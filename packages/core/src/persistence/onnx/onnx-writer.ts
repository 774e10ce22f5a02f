import { NotAProgramError, type Sizes } from '../../program/ir';
import type { NodeAttributes, NodeWriter } from '../../program/node-writer';
import { OnnxGraph, type OnnxValue } from './onnx-graph';
import { onnxKernels } from './onnx-kernels';

/** A writer that adds ONNX nodes for TensorFlow's kernels. */
export class OnnxWriter implements NodeWriter<OnnxValue> {
  readonly graph = new OnnxGraph();

  node(op: string, inputs: readonly OnnxValue[], attributes: NodeAttributes = {}): OnnxValue {
    if (!Object.hasOwn(onnxKernels, op)) throw new NotAProgramError(`TensorFlow's kernel ${op}`);
    return onnxKernels[op](this.graph, inputs, attributes);
  }

  nodes(op: string): never {
    throw new NotAProgramError(`TensorFlow's kernel ${op}`);
  }

  floats(values: ArrayLike<number>, sizes: readonly number[]): OnnxValue {
    const constant = { sizes, values: Float32Array.from(values) };
    return { rank: sizes.length, channelsFirst: false, constant };
  }

  ints(values: readonly number[]): OnnxValue {
    return { rank: 1, channelsFirst: false, ints: values };
  }

  sizes(sizes: Sizes): OnnxValue {
    if (!sizes.includes(null)) return this.ints(sizes.map(Number));
    throw new NotAProgramError('sizes with the number of images');
  }
}
