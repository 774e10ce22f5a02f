import { defineLoss, type LabelledImages, type Loss, type Value } from '../../packages/core/src/index';
import { labelStatistics } from '../../packages/metrics/src/index';

/**
 * The distribution-balanced loss of Wu et al., 2020 (arXiv:2007.09654), without focusing: rebalanced weights with α 0.1,
 * β 10 and μ 0.2, and negative-tolerant regularisation with λ 2 and κ 0.05.
 */
export function distributionBalancedLoss(): Loss {
  return Object.assign(
    defineLoss(() => {
      throw new Error('distributionBalancedLoss: expected forData to be called first.');
    }),
    { forData: balancedBy, toJSON: () => ({ loss: 'distributionBalancedLoss' }) },
  );
}

function balancedBy({ y, labels: names, length }: LabelledImages): Loss {
  const shares = labelStatistics({ data: y, shape: [length, names.length] }).perLabel.map(({ share }) =>
    Math.min(Math.max(share, 0.5 / length), 1 - 0.5 / length),
  );
  const rarities = shares.map((share) => 1 / share);
  const biases = shares.map((share) => -0.05 * Math.log(1 / share - 1));
  return defineLoss(({ ops, logits, labels }) => {
    const total = ops.maximum(ops.sum(ops.mul(labels, rarities), 1, true), 1e-6);
    const rebalanced = ops.add(0.1, ops.sigmoid(ops.mul(10, ops.sub(ops.div(rarities, total), 0.2))));
    const shifted = ops.add(logits, biases);
    const ofPositives = ops.mul(labels, ops.softplus(ops.neg(shifted)));
    const ofNegatives = ops.mul(ops.sub(1, labels), ops.div(ops.softplus(ops.mul(2, shifted)), 2));
    return ops.mul(rebalanced, ops.add(ofPositives, ofNegatives));
  });
}

/**
 * The two-way loss of Kobayashi, 2023 (CVPR): softplus of the log-sum-exp of negatives plus that of positives with
 * temperature 4, over the labels of each image, and over the images of the batch for each label.
 */
export function twoWayLoss(): Loss {
  return defineLoss(({ ops, logits, labels }) => {
    const overAxis = (axis: number): Value => {
      const sumOf = (terms: Value, among: Value) => ops.sum(ops.mul(ops.exp(terms), among), axis);
      const ofNegatives = sumOf(logits, ops.sub(1, labels));
      const ofPositives = sumOf(ops.div(ops.neg(logits), 4), labels);
      const both = (sum: Value) => ops.greater(sum, 0);
      const margin = ops.add(
        ops.log(ops.maximum(ofNegatives, 1e-12)),
        ops.mul(4, ops.log(ops.maximum(ofPositives, 1e-12))),
      );
      // Without a positive or a negative, there is no pair to separate.
      return ops.mul(ops.softplus(margin), ops.mul(both(ofNegatives), both(ofPositives)));
    };
    return ops.add(overAxis(1), ops.mean(overAxis(0)));
  });
}
