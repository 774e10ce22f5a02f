import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';
import type { UpdateRule } from './update-rule';

/**
 * Moves variables by their gradients. State is kept by variable name, and a phase makes a fresh one.
 *
 * `adam`, `adamW`, `sgd` and `rmsprop` make one. An object of your own needs `learningRate`, `apply` and `dispose`; without
 * a `rule`, a phase calls its `apply` step by step.
 */
export interface Optimizer {
  /** May be set between steps. */
  learningRate: number;
  /**
   * Factors of the rate by variable name, where some weights learn at another pace; 1 for the others. Weight decay goes
   * by the rate times the factor.
   */
  learningRateFactors?: ReadonlyMap<string, number>;
  /** The arithmetic of one update, by which a step can also be written as a TensorFlow graph. */
  readonly rule?: UpdateRule;
  /** Beside the update, a weight shrinks by this share times the rate. */
  readonly weightDecay?: number;
  /** Gradients are scaled down together where their norm, taken as one vector, is above this. */
  readonly globalClipnorm?: number;
  /** One update every so many calls of `apply`, by the mean of their gradients. */
  readonly gradientAccumulationSteps?: number;
  /** One step. Neither variables nor gradients are disposed. */
  apply(variables: readonly Variable[], gradients: NamedTensorMap): void;
  /** Frees the state. */
  dispose(): void;
}
