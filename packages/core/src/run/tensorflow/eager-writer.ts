import * as tf from '@tensorflow/tfjs-core';
import { withBatch } from '../../program/ir';
import { DataType, type NodeAttribute, type NodeWriter } from '../../program/node-writer';
import type { NativeBackend } from '../../tfjs-internals/native-backend';

/** A writer that runs TensorFlow's kernels at once. Use it within a tidy, which disposes intermediate tensors. */
export function eagerWriter(backend: NativeBackend, batch: number): NodeWriter<tf.Tensor> {
  const ints = (values: readonly number[]) => tf.tensor1d([...values], 'int32');
  const nodes: NodeWriter<tf.Tensor>['nodes'] = (op, inputs, attributes, outputs) =>
    backend.executeMultipleOutputs(
      op,
      Object.entries(attributes).map(([name, attribute]) => ({ name, ...typed(backend, attribute) })),
      inputs,
      outputs,
    );
  return {
    nodes,
    node: (op, inputs, attributes = {}) => nodes(op, inputs, attributes, 1)[0],
    floats: (values, sizes) => tf.tensor(Float32Array.from(values), [...sizes], 'float32'),
    ints,
    sizes: (sizes) => ints(withBatch(sizes, batch)),
  };
}

function typed({ binding }: NativeBackend, attribute: NodeAttribute): { type: number; value: unknown } {
  if ('type' in attribute) {
    // TensorFlow.js has no bfloat16 tensors. Outside of a graph every operation's number type is float32.
    const value = attribute.type === 'own' ? DataType.float : attribute.type;
    return { type: binding.TF_ATTR_TYPE, value };
  }
  if ('ints' in attribute) return { type: binding.TF_ATTR_INT, value: attribute.ints };
  if ('s' in attribute) return { type: binding.TF_ATTR_STRING, value: attribute.s };
  if ('i' in attribute) return { type: binding.TF_ATTR_INT, value: attribute.i };
  if ('f' in attribute) return { type: binding.TF_ATTR_FLOAT, value: attribute.f };
  return { type: binding.TF_ATTR_BOOL, value: attribute.b };
}
