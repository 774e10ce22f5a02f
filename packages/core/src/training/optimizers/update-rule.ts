import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/** One input of TensorFlow's kernel: a slot, a number of the step, a constant, or the gradient. */
export type KernelInput =
  | { readonly slot: string }
  | { readonly scalar: string }
  | { readonly constant: number }
  | { readonly gradient: true };

/**
 * One optimizer's arithmetic: what it keeps of each weight, and one update, op by op and as TensorFlow's own fused kernel.
 *
 * Clipping, weight decay and accumulation are not part of it; they are the same for every rule.
 */
export interface UpdateRule {
  /**
   * Tensors kept of each weight, zeros at first: `['m', 'v']`. What they hold is up to `update` or to the kernel (`update`
   * may keep a multiple, which saves passes over memory), so that they can't be handed from one to the other.
   */
  readonly slots: readonly string[];
  /** Names of the numbers that change from step to step: `['learningRate', 'beta1Power', 'beta2Power']`. */
  readonly scalars: readonly string[];
  /** Their values in a step, counted from 1, at a rate. */
  scalarsAt(step: number, learningRate: number): readonly number[];
  /** One update of one weight: assigns the variable and its slots, and leaves no other tensor. */
  update(
    variable: Variable,
    gradient: Tensor,
    slots: Readonly<Record<string, Variable>>,
    scalars: Readonly<Record<string, number>>,
  ): void;
  /** TensorFlow's kernel on resource variables: its inputs in order, after the handle of the variable itself. */
  readonly kernel: {
    readonly op: string;
    readonly inputs: readonly KernelInput[];
    readonly attributes?: Readonly<Record<string, boolean>>;
  };
}
