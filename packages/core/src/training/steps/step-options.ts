import type { Precision } from '../../run/precision';

/** How the steps of a phase run. */
export interface StepOptions {
  /**
   * `'graph'` (default), each as one TensorFlow graph, on the native backend; `'plan'`, op by op in the same fused
   * operations, on any; `'tape'`, by TensorFlow.js' own differentiation. Where one can't be, the next is taken, and
   * callbacks are told why (`onNote`).
   */
  readonly way?: 'graph' | 'plan' | 'tape';
  /**
   * Whether the backward pass computes most of the forward pass a second time instead of keeping it (gradient
   * checkpointing): the same numbers in less memory, for about a third more time. Default false.
   */
  readonly recompute?: boolean;
  /** Default `'float32'`. bfloat16 needs steps that run as one graph, as they do on the native backend. */
  readonly precision?: Precision;
}
