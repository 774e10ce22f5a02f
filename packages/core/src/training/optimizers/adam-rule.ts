import * as tf from '@tensorflow/tfjs-core';
import type { UpdateRule } from './update-rule';

interface AdamRuleOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * `m += (1 − β₁)(g − m)`, `v += (1 − β₂)(g² − v)`, `w −= α·m / (√v + ε)`, `α = rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ)`.
 *
 * `update` keeps `m / (1 − β₁)` and `v / (1 − β₂)`, each of which takes one pass over memory less.
 */
export function adamRule({ beta1, beta2, epsilon }: AdamRuleOptions): UpdateRule {
  const root = Math.sqrt(1 - beta2);
  return {
    slots: ['m', 'v'],
    scalars: ['learningRate', 'beta1Power', 'beta2Power'],
    scalarsAt: (step, learningRate) => [learningRate, power(beta1, step), power(beta2, step)],
    update(variable, gradient, { m, v }, { learningRate, beta1Power, beta2Power }) {
      const alpha = (learningRate * Math.sqrt(1 - beta2Power)) / (1 - beta1Power);
      tf.tidy(() => {
        m.assign(tf.add(tf.mul(m, beta1), gradient));
        v.assign(tf.add(tf.mul(v, beta2), tf.square(gradient)));
        const size = tf.add(tf.sqrt(v), epsilon / root);
        variable.assign(tf.sub(variable, tf.div(tf.mul(m, (alpha * (1 - beta1)) / root), size)));
      });
    },
    kernel: {
      op: 'ResourceApplyAdam',
      inputs: [
        { slot: 'm' },
        { slot: 'v' },
        { scalar: 'beta1Power' },
        { scalar: 'beta2Power' },
        { scalar: 'learningRate' },
        { constant: beta1 },
        { constant: beta2 },
        { constant: epsilon },
        { gradient: true },
      ],
    },
  };
}

/** In float32 as Keras has it: in the first steps `1 − β₂ᵗ` is so small that the rounding of β₂ shows. */
function power(beta: number, step: number): number {
  return Math.fround(Math.fround(beta) ** step);
}
