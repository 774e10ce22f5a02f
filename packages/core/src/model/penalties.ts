import type { layers } from '@tensorflow/tfjs-layers';
import type { Value } from '../program/ir';
import { fieldsOf } from '../tfjs-internals/layer-weights';
import type { ModelProgramBuilder } from './model-program-builder';

/** The fields of tfjs-layers' layers: the weight that each regularizer belongs to. */
const REGULARIZED = {
  kernelRegularizer: 'kernel',
  depthwiseRegularizer: 'depthwiseKernel',
  pointwiseRegularizer: 'pointwiseKernel',
  recurrentRegularizer: 'recurrentKernel',
  embeddingsRegularizer: 'embeddings',
  biasRegularizer: 'bias',
  gammaRegularizer: 'gamma',
  betaRegularizer: 'beta',
  alphaRegularizer: 'alpha',
} as const;

/**
 * The penalties that a layer's regularizers add to the loss, `l1 · Σ|w| + l2 · Σw²`. As in Keras 3, a frozen layer adds
 * nothing.
 *
 * @returns undefined if the layer also adds to the loss by other functions.
 */
export function penaltiesOf(layer: layers.Layer, builder: ModelProgramBuilder): Value[] | undefined {
  if (!layer.trainable || layer.losses.length === 0) return [];
  const fields = fieldsOf(layer);
  const found = (Object.keys(REGULARIZED) as (keyof typeof REGULARIZED)[]).flatMap((field) => {
    const regularizer = fields[field];
    const weight = fields[REGULARIZED[field]];
    return regularizer?.getClassName() === 'L1L2' && weight ? [{ regularizer, weight }] : [];
  });
  if (found.length !== layer.losses.length) return undefined;
  const { ops } = builder;
  return found.flatMap(({ regularizer: { l1, l2 }, weight }) => {
    const value = builder.weight(weight);
    return [
      ...(l1 === 0 ? [] : [ops.mul(ops.sum(ops.abs(value)), l1)]),
      ...(l2 === 0 ? [] : [ops.mul(ops.sum(ops.square(value)), l2)]),
    ];
  });
}
