import type { Precision } from '../../run/precision';

/** Options for the way in which the steps of a phase run. */
export interface StepOptions {
  /**
   * `'graph'` (default): each step is one TensorFlow graph; needs the native backend. `'plan'`: the same fused operations
   * one by one, on any backend. `'tape'`: TensorFlow.js' own differentiation. If a way isn't possible, the next one is
   * taken, and callbacks are told why (`onNote`).
   */
  readonly way?: 'graph' | 'plan' | 'tape';
  /**
   * Whether the backward pass computes most of the forward pass a second time instead of keeping it (gradient
   * checkpointing): the same numbers in less memory, for about a third more time. Default false.
   */
  readonly recompute?: boolean;
  /** The type of number that steps compute with; default `'float32'`. bfloat16 needs steps that run as a graph. */
  readonly precision?: Precision;
}
