import { OptionError } from '../errors';
import { checkOptions, FROM_0_TO_1, isList, type OptionRule } from '../options/check-options';
import type { Value } from '../program/ir';
import type { Ops } from '../program/ops';
import { defineLoss } from './define-loss';
import { checkCount, LABEL_WEIGHTS, type LabelWeights, labelWeights, positiveWeights } from './label-weights';
import type { Loss, LossInput } from './loss';

/** Options of the losses that are a sum over labels. */
export interface LabelLossOptions {
  /** From 0 (default) to 1: the label y becomes `y · (1 − labelSmoothing) + labelSmoothing / 2`, as in Keras. */
  readonly labelSmoothing?: number;
  /** Factors for the terms of positive images, one per label, as PyTorch's `pos_weight`; by default 1 each. */
  readonly positiveWeights?: LabelWeights;
  /** Factors for the whole loss of each label; by default 1 each. */
  readonly labelWeights?: LabelWeights;
}

const RULES: Readonly<Record<keyof LabelLossOptions, OptionRule>> = {
  labelSmoothing: FROM_0_TO_1,
  positiveWeights: LABEL_WEIGHTS,
  labelWeights: LABEL_WEIGHTS,
};

/** The inputs of a loss per label. `labels` are smoothed. */
export interface LabelLossInput extends LossInput {
  /** The labels, each times the weight of its positive images. */
  readonly positives: Value;
}

interface LabelLossParts {
  /** The loss's own options, with their defaults. */
  readonly own: Readonly<Record<string, unknown>>;
  /** The checks of `own`. */
  readonly rules: Readonly<Record<string, OptionRule>>;
  /** Computes losses `[images, labels]`. */
  readonly losses: (input: LabelLossInput) => Value;
}

/**
 * Makes a loss with label smoothing, and with weights per label. The loss knows its name and options.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 */
export function labelLoss(name: string, options: LabelLossOptions, parts: LabelLossParts): Loss {
  checkOptions(name, { ...options, ...parts.own }, { ...RULES, ...parts.rules });
  const { labelSmoothing = 0, positiveWeights: ofPositives, labelWeights: ofLabels } = options;
  const loss = defineLoss((input) => {
    const { ops, logits } = input;
    const weighted = (x: Value, option: string, weights: LabelWeights | undefined) => {
      if (weights === undefined) return x;
      if (!isList(weights)) throw withoutData(name, option);
      const list = Array.from(weights);
      checkCount(name, option, list, Number(logits.sizes[1]));
      return ops.mul(x, list);
    };
    const labels = smoothed(input, labelSmoothing);
    const positives = weighted(labels, 'positiveWeights', ofPositives);
    return weighted(parts.losses({ ...input, labels, positives }), 'labelWeights', ofLabels);
  });
  const isOfData = [ofPositives, ofLabels].some((weights) => weights !== undefined && !isList(weights));
  return Object.assign(loss, {
    toJSON: () => ({
      loss: name,
      ...parts.own,
      labelSmoothing,
      ...(ofPositives && { positiveWeights: isList(ofPositives) ? Array.from(ofPositives) : ofPositives }),
      ...(ofLabels && { labelWeights: isList(ofLabels) ? Array.from(ofLabels) : ofLabels }),
    }),
    ...(isOfData && {
      forData: (data: Parameters<typeof positiveWeights>[1]) =>
        labelLoss(
          name,
          {
            labelSmoothing,
            ...(ofPositives && { positiveWeights: positiveWeights(ofPositives, data) }),
            ...(ofLabels && { labelWeights: labelWeights(ofLabels, data) }),
          },
          parts,
        ),
    }),
  });
}

/** Binary cross-entropy per label, from logits: it doesn't overflow, and its gradient doesn't vanish. */
export function crossentropy({ ops, logits, labels, positives }: LabelLossInput): Value {
  const ofPositives = ops.mul(positives, ops.softplus(ops.neg(logits)));
  return ops.add(ofPositives, ops.mul(ops.sub(1, labels), ops.softplus(logits)));
}

/** A focusing factor, `xᵞ`. x stays 1e-7 or more, so that the gradient is finite. Undefined if the exponent is 0. */
export function focusing(ops: Ops, x: Value, gamma: number): Value | undefined {
  return gamma === 0 ? undefined : ops.pow(ops.maximum(x, 1e-7), gamma);
}

function smoothed({ ops, labels }: LossInput, smoothing: number): Value {
  return smoothing === 0 ? labels : ops.add(ops.mul(labels, 1 - smoothing), smoothing / 2);
}

function withoutData(name: string, option: string): OptionError {
  return new OptionError(
    `${name}: expected ${option} as numbers, or a phase to compute them from its training images; here are none. ` +
      'Call loss.forData(train).',
  );
}
