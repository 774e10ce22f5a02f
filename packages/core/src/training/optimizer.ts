import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';

/**
 * Moves variables by their gradients. State is kept by variable name, and a phase makes a fresh one.
 */
export interface Optimizer {
  /** May be set between steps. */
  learningRate: number;
  /** One step. Neither variables nor gradients are disposed. */
  apply(variables: readonly Variable[], gradients: NamedTensorMap): void;
  /** Frees the state. */
  dispose(): void;
}
