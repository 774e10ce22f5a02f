import { confusionCounts, f1Score, fitThresholds, precisionScore, recallScore } from '@thawjs/metrics';
import type { Project } from '../project/project';
import { scoreOf, type TrainedModel } from '../training/trained-model';

/** The mark and the probability of one validation image for one label. */
export interface Checked {
  readonly has: 0 | 1;
  readonly probability: number;
}

/** The outcomes of a threshold on the validation images. */
export interface Decisions {
  /** Images with the label: predicted to have it, and not. */
  readonly found: number;
  readonly missed: number;
  /** Images without the label that are predicted to have it. */
  readonly falseAlarms: number;
  /** Images without the label that aren't predicted to have it. */
  readonly rejected: number;
  /** The share of images with the label among those predicted to have it; NaN if there are none. */
  readonly precision: number;
  /** The share of images predicted to have the label among those that have it; NaN if there are none. */
  readonly recall: number;
  readonly f1: number;
}

/** The decided validation images of a model, by label, with the current marks. */
export function checkedImages(project: Project, model: TrainedModel): Checked[][] {
  const marks = new Map(project.images.map((image) => [image.id, image.marks]));
  return model.labels.map(({ id: label }, column) =>
    model.images.flatMap(({ id, part }, row) => {
      const has = part === 'validation' ? marks.get(id)?.[label] : undefined;
      return has === undefined ? [] : [{ has, probability: scoreOf(model, row, column) }];
    }),
  );
}

/** Counts the outcomes of a threshold. */
export function decide(checked: readonly Checked[], threshold: number): Decisions {
  if (checked.length === 0) {
    const none = { precision: Number.NaN, recall: Number.NaN, f1: Number.NaN };
    return { found: 0, missed: 0, falseAlarms: 0, rejected: 0, ...none };
  }
  const [y, scores] = matrices(checked);
  const options = { threshold, zeroDivision: Number.NaN };
  const { tp, fn, fp, tn } = confusionCounts(y, scores, { threshold });
  return {
    found: tp[0] ?? 0,
    missed: fn[0] ?? 0,
    falseAlarms: fp[0] ?? 0,
    rejected: tn[0] ?? 0,
    precision: precisionScore(y, scores, options),
    recall: recallScore(y, scores, options),
    f1: f1Score(y, scores, options),
  };
}

/** The goals that a threshold can be chosen for. */
export const GOALS = {
  f1: { name: 'Best balance (F1)', options: { objective: 'fbeta' } },
  precision: { name: 'Few false alarms (9 of 10 right)', options: { objective: 'recall', atLeast: 0.9 } },
  recall: { name: 'Miss little (9 of 10 found)', options: { objective: 'precision', atLeast: 0.9 } },
} as const;

export type Goal = keyof typeof GOALS;

/** The best threshold for a goal; ½ if no threshold reaches it on these images. */
export function bestThreshold(checked: readonly Checked[], goal: Goal): number {
  if (checked.length === 0) return 0.5;
  const [y, scores] = matrices(checked);
  return fitThresholds(y, scores, { ...GOALS[goal].options, fallback: 0.5 }).thresholds[0] ?? 0.5;
}

function matrices(checked: readonly Checked[]) {
  return [checked.map(({ has }) => [has]), checked.map(({ probability }) => [probability])] as const;
}
