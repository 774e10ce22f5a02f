import * as tf from '@tensorflow/tfjs-core';
import { OptionError } from '../errors';
import type { Calibration } from '../prediction/calibration';
import type { ClassifierParts, EnsembleParts, NetworkParts } from '../prediction/classifier-parts';
import { Classifier, withHead } from './classifier';
import { type LinearHead, linearHead } from './linear-head';
import { sideBySide } from './side-by-side';

/** A classifier as a branch of a merged one. */
interface Branch {
  readonly classifier: Classifier;
  readonly head: LinearHead;
  readonly calibration: Calibration | undefined;
  /** The share of the member's logits in the mean. */
  readonly share: number;
}

/**
 * The members of an ensemble as one classifier, which computes the mean of their calibrated logits. See `Ensemble.merged`.
 *
 * A linear head on features side by side is a sum of linear heads. So the members' heads become one: the standardising
 * layers' statistics side by side, and the kernels one below the other, each times its calibration's slopes and its
 * member's share in the mean.
 */
export function mergedClassifier({
  members,
  shares,
  labels,
  thresholds,
  calibration,
}: EnsembleParts & Pick<ClassifierParts, 'thresholds'>): Classifier {
  if (members.length < 2) {
    throw new OptionError(
      `merged: expected an ensemble of two or more classifiers; received ${members.length}, which is saved as it is.`,
    );
  }
  const branches = members.map((member, place) => branchOf(member, place, shares[place]));
  const backbones = branches.map(({ classifier: own }) => ({
    name: own.backboneName,
    model: own.featureModel(),
    preprocessing: own.preprocessing,
    stages: own.stages,
  }));
  const pooled = backbones.map(({ model }) => model.outputs[0]);
  const backbone = sideBySide(backbones, pooled, 'merged');
  const dropout = Math.max(...branches.map(({ head }) => head.dropout));
  const one = withHead(backbone, backbone.model.outputs[0], { labels, dropout, standardize: true, seed: 0 });
  mergeHeads(linearHead(one)!, branches);
  one.thresholds = thresholds;
  one.calibration = calibration;
  return one;
}

function branchOf(member: NetworkParts, place: number, share: number): Branch {
  if (!(member instanceof Classifier)) {
    throw new OptionError(
      `merged: expected classifiers that classifier() or load() made; member ${place} is another object.`,
    );
  }
  const head = linearHead(member);
  if (head) return { classifier: member, head, calibration: member.calibration, share };
  throw new OptionError(
    `merged: expected heads as classifier() makes them, which end in one dense layer with a sigmoid; that of member ${place} ` +
      `has the layers ${member.headLayers.join(', ')}. Save the members, and average them by ensemble().`,
  );
}

function mergeHeads(to: LinearHead, branches: readonly Branch[]): void {
  const slopesOf = ({ calibration }: Branch) => calibration && tf.tensor1d([...calibration.slopes]);
  const scaled = (value: tf.Tensor, branch: Branch) =>
    tf.mul(tf.mul(value, slopesOf(branch) ?? 1), branch.share);
  tf.tidy(() => {
    const kernels = branches.map((branch) => scaled(branch.head.kernel.read(), branch));
    const biases = branches.map((branch) => {
      const bias = scaled(branch.head.bias.read(), branch);
      return tf.add(bias, tf.mul(tf.tensor1d([...(branch.calibration?.intercepts ?? [0])]), branch.share));
    });
    to.kernel.write(tf.concat(kernels, 0));
    to.bias.write(tf.addN(biases));
    const norm = to.norm!;
    norm.movingMean.write(
      tf.concat(branches.map(({ head }) => head.norm?.movingMean.read() ?? zerosOf(head))),
    );
    norm.movingVariance.write(
      tf.concat(
        branches.map(({ head }) =>
          head.norm
            ? tf.add(head.norm.movingVariance.read(), head.norm.epsilon - norm.epsilon)
            : tf.add(zerosOf(head), 1 - norm.epsilon),
        ),
      ),
    );
  });
}

function zerosOf({ kernel }: LinearHead): tf.Tensor {
  return tf.zeros([kernel.read().shape[0]]);
}
