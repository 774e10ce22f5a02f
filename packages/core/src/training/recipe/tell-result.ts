import type { Classifier } from '../../classifier/classifier';
import type { Tuning } from '../../evaluation/tune';
import type { Loss } from '../../losses/loss';
import type { Callback, TrainingContext } from '../callback';
import { lossOf } from '../head/base-rates';
import { type HistoryRow, metricOf } from '../history';
import { monitorOf } from '../monitor';
import type { ChosenRecipe } from './choose-recipe';
import { hasPenalties, isBetterThan, warnOrNote } from './tell-recipe';

/** The result of a run's phases. */
interface ToTell {
  readonly history: readonly HistoryRow[];
  readonly baseRateLoss: number;
  readonly loss: Loss;
  readonly tuning: Tuning | undefined;
  /** All callbacks of the run, and those that the user gave. */
  readonly callbacks: readonly Callback[];
  readonly user: readonly Callback[];
}

/**
 * Tells by `onNote` which labels had little or nothing to fit a calibration or a threshold to, and if the run ends worse
 * than the base rates although an earlier epoch was better. The latter is measured, by one prediction of the data, only if
 * the history gives cause for doubt, or if its losses contain penalties.
 */
export async function tellResult(
  classifier: Classifier,
  recipe: ChosenRecipe,
  { history, baseRateLoss, loss, tuning, callbacks, user }: ToTell,
): Promise<void> {
  const note = async (text: string) => {
    for (const callback of callbacks) await callback.onNote?.(text, context);
  };
  const context: TrainingContext = {
    classifier,
    history,
    learningRate: history.at(-1)?.learningRate ?? Number.NaN,
    stop() {},
    note,
  };
  for (const text of tuning?.notes ?? []) await note(`tune: ${text}`);
  const { shared } = recipe;
  const { train, validation, sampleWeights, precision, signal } = shared;
  const which = validation ? 'val_loss' : 'loss';
  const isBetter = (row: HistoryRow | undefined) =>
    row !== undefined && isBetterThan(metricOf(row, which), baseRateLoss);
  const isPenalised = hasPenalties(classifier);
  if (!isPenalised && (!history.some(isBetter) || isBetter(keptRow(history, recipe)))) return;
  const { data } = await classifier.predict(validation ?? train, { precision, signal });
  const weights = validation ? undefined : sampleWeights;
  const measured = await lossOf(validation ?? train, loss, (cell) => data[cell], weights);
  if (Number.isNaN(measured) || isBetterThan(measured, baseRateLoss)) return;
  const earlier = isPenalised ? '' : 'An earlier epoch was better. ';
  const cure = validation
    ? 'Lower'
    : 'Give validation, so that the weights of the best epoch are kept, or lower';
  await warnOrNote(
    user,
    note,
    `the run ends worse than predicting the base rates: its ${which} is ${measured.toPrecision(4)}, theirs is ` +
      `${baseRateLoss.toFixed(4)}. ${earlier}${cure} the learning rate.`,
  );
}

/** The row of the epoch whose weights the model has, as far as the recipe tells: the best one, or the last one. */
function keptRow(
  history: readonly HistoryRow[],
  { earlyStopping, shared: { validation } }: ChosenRecipe,
): HistoryRow | undefined {
  if (!earlyStopping || earlyStopping.restoreBestWeights === false) return history.at(-1);
  const monitor = monitorOf(earlyStopping);
  monitor.begin('earlyStopping', validation !== undefined);
  let kept: HistoryRow | undefined;
  for (const row of history) {
    if (monitor.isBetter(monitor.value(row), kept && monitor.value(kept))) kept = row;
  }
  return kept ?? history.at(-1);
}
