import type { ModelWeight } from './model-weights';

/** The weights of a layer in the order in which Keras numbers them, which doesn't depend on what is trainable. */
const KERAS_ORDER = [
  'depthwise_kernel',
  'pointwise_kernel',
  'kernel',
  'embeddings',
  'recurrent_kernel',
  'bias',
  'alpha',
  'gamma',
  'beta',
  'moving_mean',
  'moving_variance',
  'mean',
  'variance',
  'count',
];

/** The weights of one layer in the order in which Keras numbers them. */
export function inKerasOrder(weights: readonly ModelWeight[]): ModelWeight[] {
  const place = (weight: ModelWeight) => KERAS_ORDER.indexOf(nameInLayer(weight));
  return weights.toSorted((a, b) => place(a) - place(b));
}

/** A weight's name within its layer: `conv1_conv/kernel` → `kernel`. */
export function nameInLayer({ name }: Pick<ModelWeight, 'name'>): string {
  return name.split('/').at(-1) ?? name;
}
