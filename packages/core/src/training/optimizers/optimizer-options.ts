/** What every optimizer takes; as in Keras. */
export interface OptimizerOptions {
  /** Size of a step; may be set later too. */
  readonly learningRate?: number;
  /** Beside the update, a weight shrinks by this share times the rate (decoupled, as AdamW's); 0 shrinks nothing. */
  readonly weightDecay?: number;
  /** Scales all gradients down together where their norm, taken as one vector, is above this; by default never. */
  readonly globalClipnorm?: number;
  /** One update every so many steps, by the mean of their gradients: the effect of larger batches; default 1. */
  readonly gradientAccumulationSteps?: number;
}
