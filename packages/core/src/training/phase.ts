import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import { modelWeights } from '../freezing/model-weights';
import { resolvePrecision } from '../run/precision';
import { binaryCrossentropy } from './binary-crossentropy';
import type { BatchEvent, PhaseInfo, TrainingContext } from './callback';
import { checkPhase, learningRateAt } from './check-phase';
import { cleanUp } from './clean-up';
import type { HistoryRow } from './history';
import { isAbort } from './is-abort';
import { learningRateFactors } from './learning-rate-factors';
import { defaultMetrics, type Metric } from './metric';
import { adam } from './optimizers/adam';
import type { Optimizer } from './optimizers/optimizer';
import type { PhaseOptions } from './phase-options';
import { type PhaseRun, planRun } from './phase-run';
import { requireKernels } from './require-kernels';
import { type EpochResult, trainEpoch, validateEpoch } from './run-epoch';
import { chooseSteps } from './steps/choose-steps';
import type { TrainingSteps } from './steps/training-step';
import { timeLeft } from './time-left';

/** What one phase recorded. */
export interface PhaseResult {
  /** This phase's rows. */
  readonly history: readonly HistoryRow[];
  /** True where the signal ended it. */
  readonly interrupted: boolean;
}

/**
 * Trains what is thawed, for some epochs, with a fresh optimizer.
 *
 * What is frozen from the input on is run once an image and its features are kept (`featureCache`); the rest is trained
 * on them.
 *
 * @throws OptionError, DataMismatchError before anything is computed; KernelMissingError where the backend can't
 * train what is thawed; DivergedError where the loss is no longer a number; StaleFeaturesError where frozen weights or
 * images change while it runs.
 */
export async function phase(classifier: Classifier, options: PhaseOptions): Promise<PhaseResult> {
  checkPhase(classifier, options);
  const variables = learningVariables(classifier.model);
  if (variables.length === 0) {
    throw new OptionError(
      `phase "${options.name}": expected layers that learn; all are frozen. Call unfreeze first.`,
    );
  }
  requireKernels(classifier.model, options.name);
  const { name, epochs, train, validation, callbacks = [], history: earlier = [], signal } = options;
  const precision = resolvePrecision(`phase "${name}"`, options.precision);
  const plan = planRun(classifier, options, precision);
  const info: PhaseInfo = {
    name,
    epochs,
    firstEpoch: (earlier.at(-1)?.epoch ?? -1) + 1,
    trainImages: train.length,
    validationImages: validation?.length ?? 0,
    cachesFeatures: plan.featuresOf !== undefined,
    featuresOf: plan.featuresOf,
  };
  const history: HistoryRow[] = [];
  let stopped = false;
  const context: TrainingContext = {
    classifier,
    get history() {
      return [...earlier, ...history];
    },
    stop: () => {
      stopped = true;
    },
    async note(text) {
      for (const callback of callbacks) await callback.onNote?.(text, context);
    },
  };
  const emit = async (event: BatchEvent) => {
    for (const callback of callbacks) await callback.onBatchEnd?.(event, context);
  };
  const optimizer = (options.optimizer ?? adam)({ learningRate: learningRateAt(options, 0) });
  const { note } = context;
  const failures: unknown[] = [];
  let interrupted = false;
  let run: PhaseRun | undefined;
  let steps: TrainingSteps | undefined;
  try {
    for (const callback of callbacks) await callback.onPhaseBegin?.(info, context);
    signal?.throwIfAborted();
    if (precision.note) await note(precision.note);
    run = await plan.start(emit, note);
    optimizer.learningRateFactors = learningRateFactors(classifier, options.learningRateFactors);
    const loss = options.loss ?? binaryCrossentropy();
    const chosen = chooseSteps(
      {
        model: run.model,
        preprocessing: run.preprocessing,
        loss,
        labelWeights: (options.sampleWeights?.length ?? train.length) !== train.length,
        learning: variables,
        optimizer,
        recompute: options.recompute,
        type: precision.type,
      },
      { way: options.way, negotiable: precision.negotiable },
    );
    steps = chosen.steps;
    for (const text of chosen.notes) await note(text);
    const epochOf = epochRunner(run, steps, optimizer, info, options, emit);
    for (let epoch = 0; epoch < epochs && !stopped; epoch++) {
      const row = await epochOf(epoch);
      history.push(row);
      for (const callback of callbacks) await callback.onEpochEnd?.(row, context);
    }
  } catch (error) {
    interrupted = isAbort(error, signal);
    if (!interrupted) failures.push(error);
  }
  const endings = callbacks.map((callback) => () => callback.onPhaseEnd?.(info, context));
  const releases = [() => steps?.dispose(), () => optimizer.dispose(), () => run?.release()];
  failures.push(...(await cleanUp([...releases, ...endings])));
  if (failures.length === 0) return { history, interrupted };
  await cleanUp(failures.slice(1).map((error) => () => note(`another failure at the phase's end: ${error}`)));
  throw failures[0];
}

/** One epoch of training, then validation, as a row of the history. */
function epochRunner(
  run: PhaseRun,
  steps: TrainingSteps,
  optimizer: Optimizer,
  { name, epochs, firstEpoch }: PhaseInfo,
  options: PhaseOptions,
  emit: (event: BatchEvent) => Promise<void>,
) {
  const { seed = 0, sampleWeights, metrics = defaultMetrics, signal } = options;
  const labels = Number(run.model.outputs[0].shape[1]);
  const clock = timeLeft(epochs, run.train.batches, run.validation?.batches ?? 0);
  return async (epochOfPhase: number): Promise<HistoryRow> => {
    const started = performance.now();
    const epoch = firstEpoch + epochOfPhase;
    const report = (activity: 'train' | 'validate', batches: number) => (batch: number, mean: number) =>
      emit({
        phase: name,
        activity,
        epoch: epochOfPhase,
        epochs,
        batch,
        batches,
        loss: mean,
        secondsLeft: clock(activity),
      });
    optimizer.learningRate = learningRateAt(options, epochOfPhase);
    const trained = await trainEpoch(steps, run.train, {
      epoch,
      labels,
      sampleWeights,
      signal,
      seed,
      stepsBefore: epochOfPhase * run.train.batches,
      learningRateAt: () => optimizer.learningRate,
      onBatch: report('train', run.train.batches),
    });
    const validated =
      run.validation &&
      (await validateEpoch(steps, run.validation, {
        epoch: 0,
        labels,
        signal,
        onBatch: report('validate', run.validation.batches),
      }));
    return {
      phase: name,
      epoch,
      learningRate: optimizer.learningRate,
      seconds: (performance.now() - started) / 1000,
      ...numbers(trained, validated, metrics),
    };
  };
}

/** Loss and metrics, then those of validation, in the order of the seed's history. */
function numbers(
  trained: EpochResult,
  validated: EpochResult | undefined,
  metrics: Readonly<Record<string, Metric>>,
): { loss: number; val_loss: number } {
  const ofTraining = Object.entries(metrics).map(([key, metric]) => [
    key,
    metric(trained.yTrue, trained.yScore, trained.known),
  ]);
  const ofValidation = Object.entries(metrics).map(([key, metric]) => [
    `val_${key}`,
    validated ? metric(validated.yTrue, validated.yScore, validated.known) : Number.NaN,
  ]);
  return {
    loss: trained.loss,
    ...Object.fromEntries(ofTraining),
    val_loss: validated?.loss ?? Number.NaN,
    ...Object.fromEntries(ofValidation),
  };
}

/** The variables that learn, in an order that the freeze state doesn't change. */
function learningVariables(model: LayersModel): Variable[] {
  const learning = new Set(model.trainableWeights.map((weight) => weight.read() as Variable));
  return modelWeights(model)
    .map(({ variable }) => variable)
    .filter((variable) => learning.has(variable));
}
