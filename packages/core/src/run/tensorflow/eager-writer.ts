import * as tf from '@tensorflow/tfjs-core';
import { withBatch } from '../../program/ir';
import { DataType, type NodeAttribute, type NodeWriter } from '../../program/node-writer';
import type { NativeBackend } from './native-backend';

/** Runs TensorFlow's kernels as they are written. Call it within a tidy, which frees what isn't returned. */
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
    // Tensors of TensorFlow.js aren't of bfloat16, so that an operation's own type is float32.
    const value = attribute.type === 'own' ? DataType.float : attribute.type;
    return { type: binding.TF_ATTR_TYPE, value };
  }
  if ('ints' in attribute) return { type: binding.TF_ATTR_INT, value: attribute.ints };
  if ('s' in attribute) return { type: binding.TF_ATTR_STRING, value: attribute.s };
  if ('i' in attribute) return { type: binding.TF_ATTR_INT, value: attribute.i };
  if ('f' in attribute) return { type: binding.TF_ATTR_FLOAT, value: attribute.f };
  return { type: binding.TF_ATTR_BOOL, value: attribute.b };
}
