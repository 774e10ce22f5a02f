import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** A constraint as tfjs-layers keeps it with a weight. */
export interface WeightConstraint {
  getClassName(): string;
  getConfig(): object;
}

/** What tfjs-layers keeps of one weight. */
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

/** A layer's weights in the order in which it made them, whatever is frozen. */
export function weightsOf(layer: Layer): readonly LayerVariable[] {
  const { _trainableWeights, _nonTrainableWeights, weights } = layer as unknown as WeightLists;
  const own = [..._trainableWeights, ..._nonTrainableWeights];
  // Wrappers such as Bidirectional hold no list of their own, only their inner layers' union.
  return own.length > 0 ? own : weights;
}

/** tfjs-layers' L1L2, which all its regularizers are. */
export interface L1L2 {
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
  | 'alpha';

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

/** What the layer classes of tfjs-layers keep in fields, each of them only some. */
export type LayerFields = { readonly [Field in WeightField]?: LayerVariable | null } & {
  readonly [Field in RegularizerField]?: L1L2 | null;
} & {
  /** ThresholdedReLU. */
  readonly theta?: number;
  /** AlphaDropout, whose configuration leaves it out. */
  readonly noiseShape?: readonly (number | null)[] | null;
};

export function fieldsOf(layer: Layer): LayerFields {
  return layer as unknown as LayerFields;
}
