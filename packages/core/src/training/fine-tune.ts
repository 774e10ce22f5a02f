import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import type { Tuning } from '../evaluation/tune';
import { freeze } from '../freezing/freeze';
import { refuseGraphModels } from '../freezing/refuse-graph-models';
import { type Selection, selectLayers } from '../freezing/selection';
import { unfreeze } from '../freezing/unfreeze';
import { leafLayers } from '../layers/leaf-layers';
import type { Callback } from './callback';
import { earlyStopping } from './callbacks/early-stopping';
import { checkHardLabels } from './check-label-values';
import { checkFineTuneOptions, type FineTuneOptions, type Run, type ThawOptions } from './fine-tune-options';
import { freezeAllButHead } from './freeze-all-but-head';
import { gradualSelections } from './gradual-thaw';
import { baseRateLoss } from './head/base-rates';
import type { HistoryRow } from './history';
import { isAbort } from './is-abort';
import { runPhase } from './phase';
import type { PhaseOptions } from './phase-options';
import { type ChosenRecipe, chooseRecipe } from './recipe/choose-recipe';
import { type RecipePhase, type RunRecipe, recipePhase, runRecipe } from './recipe/run-recipe';
import { tellBaseRates, tellChoices } from './recipe/tell-recipe';
import { tellResult } from './recipe/tell-result';
import { type ResolvedPhase, resolvePhase } from './resolve-phase';
import { openRunFolder } from './run-folder';
import { beginRun } from './state/run-record';
import { withRunLock } from './with-run-lock';

/**
 * Trains a classifier in two phases: first the head on the frozen backbone, then head and thawed backbone at a low rate.
 *
 * Only `train` is needed. Options that are left out are chosen from the size of the data; `run.recipe` has them all, and
 * callbacks are told by `onNote` what was chosen. The head phase then starts with an exact fit, a logistic regression on
 * kept features with cross-validated L2 strengths; rates follow a cosine; with `validation`, the weights of the best epoch
 * are kept, and thresholds and calibration are fitted at the end. Without `validation`, all epochs run, and nothing is
 * fitted to held-out images. If no epoch beats the base rates, or the run ends worse than them, callbacks are told, and the
 * console if no callback takes notes. Callbacks also hear of labels that have little to fit a threshold to.
 *
 * The head phase freezes all layers but the head. The thaw phase thaws all layers but the first `freezeFirst`, with
 * BatchNormalization in `'affine'` mode by default. Layers that are frozen from the input on run once per image
 * (`featureCache`), not at every step. Each phase has a fresh optimizer. The model is trained in place. The same seed,
 * data and backend give the same run.
 *
 * With `out`, the run has a folder, or a part of a browser's database, and `resume: true` continues the run after a kill. A
 * `checkpoint` among the callbacks and its folder as `resume` do the same. A resumed run ends with the same bytes as a run that wasn't killed.
 *
 * @throws OptionError, DataMismatchError, SelectionError or ResumeError before anything is computed; KernelMissingError if
 * the backend can't train a thawed layer; DivergedError if a loss or gradient isn't finite; StaleFeaturesError if frozen
 * weights or images change during the run; RunFolderError, which has the run, if the trained model can't be written to `out`.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, fineTune } from '@thawjs/core';
 *
 * // Four images of 4×4 pixels, white if the label is 1, else black.
 * const y = Uint8Array.of(1, 0, 1, 0);
 * const pixels = Uint8Array.from({ length: 4 * 48 }, (_, i) => 255 * y[Math.floor(i / 48)]);
 * const train = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels: ['Bright'],
 *   y,
 *   async *batches() {
 *     yield { rows: Int32Array.of(0, 1, 2, 3), pixels, shape: [4, 4, 4, 3] as const, y };
 *   },
 * };
 * const layers = [tf.layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3, inputShape: [4, 4, 3] })];
 * const preprocessing = { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 } as const;
 * const model = classifier(tf.sequential({ layers }), { labels: train.labels, preprocessing });
 *
 * const run = await fineTune(model, {
 *   train,
 *   validation: train,
 *   head: { epochs: 2, learningRate: 1e-2 },
 *   thaw: { epochs: 1, learningRate: 1e-4 },
 * });
 * console.log(run.history.map(({ phase, epoch }) => `${phase} ${epoch}`)); // [ 'head 0', 'head 1', 'thaw 2' ]
 * console.log(run.recipe.phases[0].frozen, run.interrupted); // [ 'conv' ] false
 * ```
 */
export async function fineTune(classifier: Classifier, options: FineTuneOptions): Promise<Run> {
  checkFineTuneOptions(classifier, options);
  return withRunLock(options.out, () => trainInPhases(classifier, options));
}

async function trainInPhases(classifier: Classifier, options: FineTuneOptions): Promise<Run> {
  const recipe = await chooseRecipe(classifier, options);
  const { shared, head, thaw } = recipe;
  if (!head && !thaw) {
    throw new OptionError('fineTune: expected a phase to train; head and thaw are both false.');
  }
  const stays = stayingFrozen(thaw);
  const user = options.callbacks ?? [];
  const staying = new Set([
    ...selectLayers(classifier, stays).map(({ path }) => path),
    ...classifier.headLayers,
  ]);
  if (thaw) {
    const thawed = leafLayers(classifier.model).filter(({ path }) => !staying.has(path));
    refuseGraphModels('fineTune', thawed);
  }
  const planned = plannedPhases(classifier, recipe, stays, staying);
  const resolved = (
    { name, options: own }: PlannedPhase,
    more: Partial<PhaseOptions> = {},
  ): ResolvedPhase => {
    const { freezeFirst: _first, freeze: _freeze, batchNorm: _mode, gradually: _gradually, ...rest } = own;
    return resolvePhase(classifier, { ...shared, ...rest, ...more, name } as PhaseOptions);
  };
  const phases = planned.map((phase) => resolved(phase));
  if (recipe.tune && shared.validation) checkHardLabels(shared.validation);
  const folder = await openRunFolder(options);
  const { train, validation, sampleWeights } = shared;
  const { loss } = phases[0];
  // Weights of images are a part of the training loss alone.
  const ofBaseRates = validation
    ? await baseRateLoss(train, validation, loss)
    : await baseRateLoss(train, train, loss, sampleWeights);
  const callbacks: readonly Callback[] = [
    tellChoices(recipe),
    tellBaseRates(ofBaseRates, phases[phases.length - 1].name, user),
    ...(recipe.earlyStopping ? [earlyStopping(recipe.earlyStopping)] : []),
    ...user,
    ...(folder?.callbacks(recipe.earlyStopping || {}) ?? []),
  ];
  const told = writtenRecipe(classifier, recipe, phases, planned);
  await folder?.begin(told);
  const resume = options.resume === true ? folder?.checkpoint : options.resume;
  const record = await beginRun(
    classifier,
    { ...shared, callbacks, resume },
    {
      run: { ...shared, earlyStopping: recipe.earlyStopping, tune: recipe.tune },
      ...(head && { head: { ...head } }),
      ...(thaw && { thaw: { ...thaw } }),
    },
  );
  forgetTuning(classifier);
  const history: HistoryRow[] = [];
  let interrupted = false;
  const { resumed } = record;
  const first = Math.max(
    planned.findIndex(({ name }) => name === resumed?.phase),
    0,
  );
  const done = new Set(planned.slice(0, first).map(({ name }) => name));
  history.push(...(resumed?.history ?? []).filter(({ phase }) => done.has(phase)));
  for (const phase of planned.slice(first)) {
    if (interrupted) break;
    const { name } = phase;
    phase.prepare();
    const started = performance.now();
    const before = record.seconds[name] ?? 0;
    const result = await runPhase(classifier, resolved(phase, { callbacks, history }), record);
    record.seconds[name] = before + (performance.now() - started) / 1000;
    history.push(...result.history);
    interrupted = result.interrupted;
  }
  let tuning: Tuning | undefined;
  if (!interrupted) {
    try {
      tuning = await tuned(classifier, recipe);
      await tellResult(classifier, recipe, {
        history,
        baseRateLoss: ofBaseRates,
        loss,
        tuning,
        callbacks,
        user,
      });
    } catch (error) {
      interrupted = isAbort(error, shared.signal);
      if (!interrupted) throw error;
    }
  }
  const result: Run = {
    history,
    seconds: record.seconds,
    interrupted,
    recipe: told,
    baseRateLoss: ofBaseRates,
    ...(tuning && { tuning }),
  };
  await folder?.finish(classifier, result);
  return result;
}

/** Fits calibration and thresholds, if the run is to. */
async function tuned(
  classifier: Classifier,
  { tune, shared: { validation, precision, signal } }: ChosenRecipe,
): Promise<Tuning | undefined> {
  if (!tune || !validation) return undefined;
  return classifier.tune(validation, { precision, signal, ...(tune === true ? {} : tune) });
}

/** Removes a calibration that was fitted to other weights, and the thresholds, which are for its probabilities. */
function forgetTuning(classifier: Classifier): void {
  if (!classifier.calibration) return;
  classifier.calibration = undefined;
  classifier.thresholds = classifier.labels.map(() => 0.5);
}

function stayingFrozen(thaw: ThawOptions | false): Selection {
  if (!thaw) return { first: 0 };
  if (thaw.freeze !== undefined && thaw.freezeFirst !== undefined) {
    throw new OptionError('fineTune: expected thaw.freezeFirst or thaw.freeze; received both.');
  }
  return thaw.freeze ?? { first: thaw.freezeFirst ?? 0 };
}

/** A phase of the run. */
interface PlannedPhase {
  readonly name: string;
  readonly options: ThawOptions;
  /** Sets the freeze state of the phase. */
  readonly prepare: () => void;
}

/** The phases of a run, in their order. */
function plannedPhases(
  classifier: Classifier,
  { head, thaw }: ChosenRecipe,
  stays: Selection,
  staying: ReadonlySet<string>,
): readonly PlannedPhase[] {
  const ofHead = head && {
    name: 'head',
    options: head,
    prepare: () => freezeAllButHead(classifier),
  };
  if (!thaw) return ofHead ? [ofHead] : [];
  const prepare = () => freezeForThaw(classifier, thaw, stays);
  const gradually = thaw.gradually === true ? {} : thaw.gradually;
  const selections = gradually ? gradualSelections(classifier, gradually, staying) : [];
  const { epochs = 1, learningRate = thaw.learningRate } = gradually ?? {};
  const ofThaw: PlannedPhase[] = selections.map((selection, i) => ({
    name: `thaw-${i + 1}`,
    options: { ...thaw, epochs, learningRate },
    prepare: () => {
      prepare();
      freeze(classifier, selection);
    },
  }));
  ofThaw.push({ name: 'thaw', options: thaw, prepare });
  // A head starts once.
  const [first, ...later] = ofThaw;
  const others = later.map((phase) => ({ ...phase, options: { ...phase.options, headStart: undefined } }));
  return [...(ofHead ? [ofHead] : []), first, ...others];
}

/** The recipe as JSON. To list the frozen layers, each phase's freeze state is set; the last one stays. */
function writtenRecipe(
  classifier: Classifier,
  recipe: ChosenRecipe,
  phases: readonly ResolvedPhase[],
  planned: readonly PlannedPhase[],
): RunRecipe {
  const ofPhases = phases.map((options, i): RecipePhase => {
    planned[i].prepare();
    return recipePhase(classifier, options, planned[i].options);
  });
  return { ...runRecipe(classifier, recipe, phases[0]), phases: ofPhases };
}

function freezeForThaw(classifier: Classifier, { batchNorm }: ThawOptions, stays: Selection): void {
  unfreeze(classifier, 'all', { batchNorm });
  freeze(classifier, stays);
}
