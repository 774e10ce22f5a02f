import type { layers } from '@tensorflow/tfjs-layers';
import type { Value } from '../program/ir';
import type { LayerWeight, ModelProgramBuilder } from './model-program-builder';

/** tfjs-layers' L1L2, which all its regularizers are. */
interface L1L2 {
  readonly l1: number;
  readonly l2: number;
  getClassName(): string;
}

/** The weights that a layer of tfjs-layers can have a regularizer for, by the names of its fields. */
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
 * What a layer's regularizers add to the loss, `l1 · Σ|w| + l2 · Σw²`. As in Keras 3, a layer that is frozen adds nothing.
 *
 * @returns undefined if the layer adds to the loss by other functions too.
 */
export function penaltiesOf(layer: layers.Layer, builder: ModelProgramBuilder): Value[] | undefined {
  if (!layer.trainable || layer.losses.length === 0) return [];
  const fields = layer as unknown as Readonly<Record<string, unknown>>;
  const found = Object.entries(REGULARIZED).flatMap(([field, name]) => {
    const regularizer = fields[field] as L1L2 | null | undefined;
    const weight = fields[name] as LayerWeight | null | undefined;
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
