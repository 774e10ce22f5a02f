import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';
import type { UpdateRule } from './update-rule';

/** An optimizer as JSON: its name, and its options without the learning rate. */
export interface OptimizerDescription {
  readonly optimizer: string;
  readonly [option: string]: unknown;
}

/**
 * Updates variables by their gradients. Slots are kept by variable name. Each phase makes a fresh optimizer.
 *
 * `adam`, `adamW`, `sgd` and `rmsprop` make optimizers. A custom one needs `learningRate`, `apply` and `dispose`. Without
 * a `rule` it can't be part of a program, and a phase calls `apply` at each step.
 */
export interface Optimizer {
  /** The learning rate. It may be set between steps. */
  learningRate: number;
  /**
   * Factors of the learning rate by variable name; 1 for variables without one. Weight decay uses the rate times the
   * factor.
   */
  learningRateFactors?: ReadonlyMap<string, number>;
  /** The arithmetic of an update as operations of a program, which can run as a TensorFlow graph. */
  readonly rule?: UpdateRule;
  /** Decoupled weight decay: before each update, `w -= weightDecay · learningRate · w`. */
  readonly weightDecay?: number;
  /** If the norm of all gradients, as one vector, is above this, all are scaled down to it. */
  readonly globalClipnorm?: number;
  /** The number of calls of `apply` whose mean gradient makes one update. */
  readonly gradientAccumulationSteps?: number;
  /** The optimizer as JSON for recipes: its name and its options, without the learning rate. */
  toJSON?(): OptimizerDescription;
  /** Makes one step. Neither variables nor gradients are disposed. */
  apply(variables: readonly Variable[], gradients: NamedTensorMap): void;
  /** Frees the slots. */
  dispose(): void;
}
