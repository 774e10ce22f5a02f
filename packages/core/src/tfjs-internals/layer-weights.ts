import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { innerLayers } from './inner-layers';

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
  return weightLists(layer).flat();
}

/** A layer's weights that can learn, and the others. */
function weightLists(layer: Layer): readonly [LayerVariable[], LayerVariable[]] {
  const { _trainableWeights, _nonTrainableWeights, weights } = layer as unknown as WeightLists;
  if (_trainableWeights.length + _nonTrainableWeights.length > 0)
    return [[..._trainableWeights], [..._nonTrainableWeights]];
  // Wrappers have no lists of their own. The lists of a recurrent layer are those of its cell.
  const inner = innerLayers(layer).map(weightLists);
  return inner.length > 0
    ? [inner.flatMap(([learning]) => learning), inner.flatMap(([, others]) => others)]
    : [[...weights], []];
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
