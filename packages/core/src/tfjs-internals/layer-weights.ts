import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** The constraint of a weight, as tfjs-layers holds it. */
interface WeightConstraint {
  /** The constrained value. */
  apply(weight: Tensor): Tensor;
  getClassName(): string;
  getConfig(): object;
}

/** A weight as tfjs-layers holds it. */
export interface LayerVariable {
  readonly originalName: string;
  readonly constraint?: WeightConstraint | null;
  read(): Variable;
  write(value: Tensor): void;
}

interface WeightLists {
  readonly _trainableWeights: readonly LayerVariable[];
  readonly _nonTrainableWeights: readonly LayerVariable[];
  readonly weights: readonly LayerVariable[];
}

/** A layer's weights in the order in which the layer made them. The order doesn't depend on what is frozen. */
export function weightsOf(layer: Layer): readonly LayerVariable[] {
  const { _trainableWeights, _nonTrainableWeights, weights } = layer as unknown as WeightLists;
  const own = [..._trainableWeights, ..._nonTrainableWeights];
  // Recurrent layers have no list of their own weights, only the lists of their cells.
  return own.length > 0 ? own : weights;
}

/** tfjs-layers' class L1L2. All regularizers of tfjs-layers are instances of it. */
interface L1L2 {
  readonly l1: number;
  readonly l2: number;
  getClassName(): string;
}

type WeightField =
  | 'kernel'
  | 'depthwiseKernel'
  | 'pointwiseKernel'
  | 'recurrentKernel'
  | 'embeddings'
  | 'bias'
  | 'gamma'
  | 'beta'
  | 'movingMean'
  | 'movingVariance'
  | 'alpha'
  | 'mean'
  | 'variance';

type RegularizerField =
  | 'kernelRegularizer'
  | 'depthwiseRegularizer'
  | 'pointwiseRegularizer'
  | 'recurrentRegularizer'
  | 'embeddingsRegularizer'
  | 'biasRegularizer'
  | 'gammaRegularizer'
  | 'betaRegularizer'
  | 'alphaRegularizer';

/** Fields of tfjs-layers' layer classes. Each class has only some of them. */
export type LayerFields = { readonly [Field in WeightField]?: LayerVariable | null } & {
  readonly [Field in RegularizerField]?: L1L2 | null;
} & {
  /** ThresholdedReLU. */
  readonly theta?: number;
  /** AlphaDropout. */
  readonly noiseShape?: readonly (number | null)[] | null;
  /** SeparableConv2D. */
  readonly depthMultiplier?: number;
  /** DepthwiseConv2D. */
  readonly depthwiseConstraint?: WeightConstraint | null;
};

export function fieldsOf(layer: object): LayerFields {
  return layer as LayerFields;
}
