import { ABOVE_0, FROM_0, type OptionRule, WHOLE_FROM_1 } from '../options/check-options';

/** Options of every optimizer, as in Keras. */
export interface OptimizerOptions {
  /** The learning rate, 0 or more. It can be set later too. */
  readonly learningRate?: number;
  /** Decoupled weight decay, 0 or more: before each update, `w -= weightDecay · learningRate · w`. */
  readonly weightDecay?: number;
  /** If the norm of all gradients, as one vector, is above this, all are scaled down to it; by default never. */
  readonly globalClipnorm?: number;
  /** The number of steps whose mean gradient makes one update, to the effect of a larger batch; default 1. */
  readonly gradientAccumulationSteps?: number;
}

/** The checks of the options of every optimizer. */
export const OPTIMIZER_RULES: Readonly<Record<keyof OptimizerOptions, OptionRule>> = {
  learningRate: FROM_0,
  weightDecay: FROM_0,
  globalClipnorm: ABOVE_0,
  gradientAccumulationSteps: WHOLE_FROM_1,
};
