import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkClassifier } from '../classifier/check-classifier';
import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import { makeOptimizer } from '../optimizers/make-optimizer';
import { modelWeights } from '../weights/model-weights';
import { recomputeStatistics } from './batch-norm-statistics';
import type { BatchEvent, PhaseInfo, TrainingContext } from './callback';
import { cleanUp } from './clean-up';
import { fitsHead, startHead } from './head/start-head';
import type { HistoryRow } from './history';
import { isAbort } from './is-abort';
import { learningRateFactors } from './learning-rate-factors';
import { PhaseEpochs } from './phase-epochs';
import { phaseNotes } from './phase-notes';
import type { PhaseOptions } from './phase-options';
import { type PhaseRun, setUpPhase } from './phase-run';
import { requireKernels } from './require-kernels';
import { type ResolvedPhase, resolvePhase } from './resolve-phase';
import { standardizeHead } from './standardize-head';
import { restoreRest, restoreWeights } from './state/capture';
import { beginRun, type RunRecord } from './state/run-record';
import { chooseSteps } from './steps/choose-steps';
import type { TrainingSteps } from './steps/training-step';
import { isStochastic } from './weight-average';

/** The record of one phase. */
export interface PhaseResult {
  /** One row per epoch of this phase. */
  readonly history: readonly HistoryRow[];
  /** True if the signal ended the phase early. */
  readonly interrupted: boolean;
}

/**
 * Trains the thawed layers of a classifier for some epochs, with a fresh optimizer.
 *
 * Layers that are frozen from the input on run once per image, and their output is kept (`featureCache`). The other layers
 * are trained on these features.
 *
 * @throws OptionError, DataMismatchError or ResumeError before anything is computed; KernelMissingError if the backend
 * can't train a thawed layer; DivergedError if a loss or gradient isn't finite; StaleFeaturesError if frozen weights or
 * images change during the phase.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, freeze, phase, unfreeze } from '@thawjs/core';
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
 * const model = classifier(tf.sequential({ layers }), { labels: train.labels, preprocessing, dropout: 0 });
 *
 * freeze(model, 'all');
 * unfreeze(model, /^predictions/);
 * const { history } = await phase(model, { name: 'head', train, epochs: 10, learningRate: 1e-2 });
 * console.log(history.length, history[9].loss < history[0].loss); // 10 true
 * ```
 */
export async function phase(classifier: Classifier, options: PhaseOptions): Promise<PhaseResult> {
  checkClassifier('phase', classifier);
  const resolved = resolvePhase(classifier, options);
  const record = await beginRun(classifier, options, { [options.name]: { ...options } });
  if (record.resumed && record.resumed.phase !== options.name) {
    throw new OptionError(
      `phase "${options.name}": expected a state of this phase to go on from; "${options.resume}" has one of ` +
        `"${record.resumed.phase}". Give the phases names of their own, and each a folder.`,
    );
  }
  return runPhase(classifier, resolved, record);
}

/** Runs a phase with checked options, as a part of a run. */
export async function runPhase(
  classifier: Classifier,
  options: ResolvedPhase,
  record: RunRecord,
): Promise<PhaseResult> {
  const { name, epochs, train, validation, callbacks, signal, precision } = options;
  const resumed = record.resumed?.phase === name ? record.resumed : undefined;
  const variables = learningVariables(classifier.model);
  if (variables.length === 0) {
    throw new OptionError(
      `phase "${name}": expected layers that learn; all are frozen. Call unfreeze first.`,
    );
  }
  requireKernels(classifier.model, name);
  if (resumed) restoreWeights(classifier, resumed);
  const setup = setUpPhase(classifier, options);
  const earlier = options.history;
  const info: PhaseInfo = {
    name,
    epochs,
    firstEpoch: (earlier.at(-1)?.epoch ?? -1) + 1,
    trainImages: train.length,
    validationImages: validation?.length ?? 0,
    cachesFeatures: setup.featuresOf !== undefined,
    featuresOf: setup.featuresOf,
  };
  const history: HistoryRow[] = (resumed?.history ?? []).slice(earlier.length);
  let stopped = resumed?.stopped ?? false;
  let running: PhaseEpochs | undefined;
  const context: TrainingContext = {
    classifier,
    get history() {
      return [...earlier, ...history];
    },
    get learningRate() {
      return running?.learningRate ?? options.rateAt(0);
    },
    set learningRate(rate) {
      running?.setLearningRate(rate);
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
  const optimizer = makeOptimizer(options.optimizer, options.rateAt(0));
  const every = optimizer.gradientAccumulationSteps ?? 1;
  const { note } = context;
  const failures: unknown[] = [];
  let interrupted = false;
  let run: PhaseRun | undefined;
  let steps: TrainingSteps | undefined;
  try {
    for (const callback of callbacks) await callback.onPhaseBegin?.(info, context);
    signal?.throwIfAborted();
    if (precision.note) await note(precision.note);
    run = await setup.start(emit, note);
    const kept = setup.featuresOf === classifier.featureLayer ? run.features : undefined;
    await standardizeHead(classifier, kept, { options, known: resumed !== undefined });
    const started = resumed ? undefined : await startHead(classifier, kept, options);
    if (started) await note(started);
    const fits = fitsHead(classifier, kept, options);
    optimizer.learningRateFactors = learningRateFactors(classifier, options.learningRateFactors);
    const chosen = chooseSteps(
      {
        model: run.model,
        preprocessing: run.preprocessing,
        loss: options.loss,
        labelWeights: (options.sampleWeights?.length ?? train.length) !== train.length,
        learning: variables,
        names: new Map(modelWeights(classifier.model).map(({ name, variable }) => [variable, name])),
        optimizer,
        recompute: options.recompute,
        type: precision.type,
        averages: options.averageShare !== undefined,
        stochasticDepth: options.stochasticDepth,
      },
      {
        way: options.way,
        negotiable: { precision: precision.negotiable, averages: options.weightAverage === 'auto' },
      },
    );
    steps = chosen.steps;
    const trained = (epochs - Number(fits)) * run.train.batches;
    const ineffective = phaseNotes(options, { model: run.model, steps: trained, every });
    for (const text of [...chosen.notes.map(({ text }) => text), ...ineffective]) await note(text);
    if (record.fingerprint && !steps.program) {
      await note("no state to resume from is written: TensorFlow.js' own differentiation keeps none.");
    }
    if (resumed) await restoreRest(resumed, steps, callbacks);
    running = new PhaseEpochs({
      classifier,
      options,
      record,
      run,
      steps,
      info,
      context,
      emit,
      resumed,
      fits,
      every,
    });
    for (let epoch = resumed?.epoch ?? 0; epoch < epochs && !stopped; epoch++) {
      const row = await running.epoch(epoch, () => stopped);
      history.push(row);
      for (const callback of callbacks) await callback.onEpochEnd?.(row, context);
      await running.safePoint(epoch + 1, () => stopped);
    }
    if (isStochastic(options.weightAverage)) {
      // Afterwards the averages are in the model's variables on every backend.
      steps.dispose();
      steps = undefined;
      await recomputeStatistics(run, { seed: options.seed, epoch: info.firstEpoch + epochs, signal });
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

/** The variables that learn, in an order that doesn't depend on which other layers are frozen. */
function learningVariables(model: LayersModel): Variable[] {
  const learning = new Set(model.trainableWeights.map((weight) => weight.read() as Variable));
  return modelWeights(model)
    .map(({ variable }) => variable)
    .filter((variable) => learning.has(variable));
}
