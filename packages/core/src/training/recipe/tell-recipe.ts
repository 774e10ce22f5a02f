import type { Classifier } from '../../classifier/classifier';
import { isModel, leafLayers } from '../../layers/leaf-layers';
import type { Callback } from '../callback';
import { metricOf } from '../history';
import type { ChosenRecipe } from './choose-recipe';

/** A callback that tells by `onNote` what was chosen: for the run when its first phase begins, and for each phase. */
export function tellChoices({ chosen, head, shared }: ChosenRecipe): Callback {
  const first = head ? 'head' : 'thaw';
  return {
    async onPhaseBegin({ name }, { note }) {
      const entries = Object.entries(chosen);
      const ofRun = name === first ? entries.filter(([option]) => !/^(head|thaw)\./.test(option)) : [];
      const ofPhase = entries.filter(([option]) => option.startsWith(`${name}.`));
      for (const [option, value] of [...ofRun, ...ofPhase]) await note(`chosen: ${option} ${value}`);
      if (entries.length > 0 && name === first && !shared.validation) {
        await note(
          'no validation: all epochs run, the last weights are kept, and nothing is fitted to held-out images.',
        );
      }
    },
  };
}

/**
 * A callback that says at the end of the last phase if no epoch was better than predicting the base rates. If no other
 * callback takes notes, they are printed to the console. Says nothing if the history's losses contain penalties.
 */
export function tellBaseRates(baseRateLoss: number, last: string, others: readonly Callback[]): Callback {
  return {
    async onPhaseEnd({ name, validationImages }, { classifier, history, note }) {
      const which = validationImages > 0 ? 'val_loss' : 'loss';
      const losses = history.map((row) => metricOf(row, which)).filter((loss) => !Number.isNaN(loss));
      const least = Math.min(...losses);
      const isCompared = losses.length > 0 && !Number.isNaN(baseRateLoss);
      if (name !== last || !isCompared || hasPenalties(classifier) || isBetterThan(least, baseRateLoss))
        return;
      await warnOrNote(
        others,
        note,
        `no epoch was better than predicting the base rates: the least ${which} is ${least.toFixed(4)}, theirs is ` +
          `${baseRateLoss.toFixed(4)}. The model has learned nothing that it can use: look at the labels, the images and the rates.`,
      );
    },
  };
}

/** A loss must be smaller than that of the base rates by this share of it: rounding alone makes smaller differences. */
const LEAST_GAIN = 1e-6;

/** Whether a loss shows that something was learned. */
export function isBetterThan(loss: number, baseRateLoss: number): boolean {
  return loss < (1 - LEAST_GAIN) * baseRateLoss;
}

/** Whether the losses of the last phase contain penalties of regularizers, which those of the base rates don't. */
export function hasPenalties({ model }: Classifier): boolean {
  return leafLayers(model).some(({ layer }) => !isModel(layer) && layer.trainable && layer.losses.length > 0);
}

/** Tells callbacks by `note`. If none of the user's takes notes, the text is also printed to the console. */
export async function warnOrNote(
  user: readonly Callback[],
  note: (text: string) => Promise<void>,
  text: string,
): Promise<void> {
  await note(text);
  if (!user.some(({ onNote }) => onNote)) console.warn(`fineTune: ${text}`);
}
