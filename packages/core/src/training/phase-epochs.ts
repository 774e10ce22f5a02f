import type { Classifier } from '../classifier/classifier';
import type { BatchEvent, PhaseInfo, SafePoint, TrainingContext } from './callback';
import { type EpochResult, EpochTally, type TallyState } from './epoch-tally';
import type { HistoryRow } from './history';
import type { Metric } from './metric';
import type { PhaseRun } from './phase-run';
import { progressOf } from './progress-of';
import type { ResolvedPhase } from './resolve-phase';
import { measureEpoch, trainEpoch } from './run-epoch';
import { arraysUnder, captured } from './state/capture';
import type { RunRecord } from './state/run-record';
import type { TrainingState } from './state/training-state';
import type { TrainingSteps } from './steps/training-step';
import { timeLeft } from './time-left';

/** The parts of a phase that its epochs need. */
export interface PhaseEpochsOptions {
  readonly classifier: Classifier;
  readonly options: ResolvedPhase;
  readonly record: RunRecord;
  readonly run: PhaseRun;
  readonly steps: TrainingSteps;
  readonly info: PhaseInfo;
  readonly context: TrainingContext;
  /** The number of steps per update of the weights. */
  readonly every: number;
  readonly emit: (event: BatchEvent) => Promise<void>;
  /** Whether the first epoch has fitted the head already, and only measures it. */
  readonly fits: boolean;
  /** The state to resume from, if it is of this phase. */
  readonly resumed?: TrainingState;
}

/** Runs the epochs of a phase, each as training and validation, with its learning rates and its safe points. */
export class PhaseEpochs {
  readonly #labels: number;
  readonly #clock: ReturnType<typeof timeLeft>;
  readonly #started = performance.now();
  readonly #secondsBefore: number;
  #learningRate: number;
  /** The factor by which callbacks changed the scheduled learning rates. */
  #rateFactor: number;
  #resumed: TrainingState | undefined;

  constructor(readonly of: PhaseEpochsOptions) {
    const { run, options, record, resumed } = of;
    this.#labels = Number(run.model.outputs[0].shape[1]);
    this.#clock = timeLeft(options.epochs, run.train.batches, run.validation?.batches ?? 0);
    this.#secondsBefore = record.seconds[options.name] ?? 0;
    this.#rateFactor = resumed?.rateFactor ?? 1;
    // A state may be of an epoch whose steps are all done: its row tells the rate of the last one.
    const done = resumed ? resumed.epoch * run.train.batches + resumed.tally.steps : 0;
    this.#learningRate = this.#rateOf(Math.max(0, done - 1));
    this.#resumed = resumed;
  }

  /** The learning rate of the last step. */
  get learningRate(): number {
    return this.#learningRate;
  }

  /** Multiplies the scheduled rates of all later steps by `rate / learningRate`. */
  setLearningRate(rate: number): void {
    if (this.#learningRate > 0) this.#rateFactor *= rate / this.#learningRate;
    this.#learningRate = rate;
  }

  /** One epoch of training, then validation, as a row of the history. */
  async epoch(index: number, stopped: () => boolean): Promise<HistoryRow> {
    const { options, run, steps, info } = this.of;
    const { name, seed, sampleWeights, signal, metrics } = options;
    const started = performance.now();
    const epoch = info.firstEpoch + index;
    const { batches } = run.train;
    const tally = new EpochTally(run.train.length, this.#labels, this.#tallyBefore());
    const shared = { epoch, sampleWeights, signal };
    if (this.of.fits && index === 0) {
      const onStep = () => this.#report('train', index, tally, batches);
      await measureEpoch(steps, run.train, tally, { ...shared, onStep });
    } else
      await trainEpoch(steps, run.train, tally, {
        ...shared,
        seed,
        stepsBefore: index * batches,
        learningRateAt: (step) => {
          this.#learningRate = this.#rateOf(index * batches + step);
          return this.#learningRate;
        },
        averageShareAt: this.#averageShareAt(),
        onStep: async () => {
          await this.#report('train', index, tally, batches);
          await this.safePoint(index, stopped, tally);
        },
      });
    let validated: EpochTally | undefined;
    if (run.validation) {
      const { validation } = run;
      const seen = new EpochTally(validation.length, this.#labels);
      await measureEpoch(steps, validation, seen, {
        epoch: 0,
        signal,
        onStep: () => this.#report('validate', index, seen, validation.batches),
      });
      validated = seen;
    }
    return {
      phase: name,
      epoch,
      learningRate: this.#learningRate,
      seconds: (performance.now() - started) / 1000,
      ...numbers(tally.result(), validated?.result(), metrics),
    };
  }

  /** Calls the callbacks' `onSafePoint`. */
  async safePoint(epoch: number, stopped: () => boolean, tally?: EpochTally): Promise<void> {
    const { classifier, options, record, run, steps, context } = this.of;
    const { name, callbacks } = options;
    if (!record.fingerprint || !steps.program) return;
    const point: SafePoint = {
      phase: name,
      step: epoch * run.train.batches + (tally?.steps ?? 0),
      epochEnd: tally === undefined,
      state: () =>
        captured(classifier, record, steps, callbacks, {
          phase: name,
          epoch,
          history: context.history,
          seconds: { ...record.seconds, [name]: this.seconds },
          rateFactor: this.#rateFactor,
          stopped: stopped(),
          tally,
        }),
    };
    for (const callback of callbacks) await callback.onSafePoint?.(point, context);
  }

  /** Wall time of the phase in seconds, including the time before the run was resumed. */
  get seconds(): number {
    return this.#secondsBefore + (performance.now() - this.#started) / 1000;
  }

  /** The share of the new weights in the average by step. Gradients accumulated over several steps make one update. */
  #averageShareAt(): ((step: number) => number) | undefined {
    const { options, run, every } = this.of;
    const { averageShare } = options;
    const updates = Math.floor((options.epochs * run.train.batches) / every);
    return averageShare && ((step) => averageShare(Math.floor(step / every), updates));
  }

  #rateOf(step: number): number {
    const { options, run, fits } = this.of;
    const before = fits ? run.train.batches : 0;
    if (step < before) return 0;
    const progress = progressOf(step - before, options.epochs * run.train.batches - before);
    return options.rateAt(progress) * this.#rateFactor;
  }

  /** For the first epoch after a resume: the part of it that was done before. */
  #tallyBefore(): TallyState | undefined {
    const state = this.#resumed;
    this.#resumed = undefined;
    if (!state || state.tally.steps === 0) return undefined;
    const { yTrue, yScore, known } = arraysUnder(state, 'tally/');
    return {
      ...state.tally,
      yTrue: yTrue.data as Uint8Array,
      yScore: yScore.data as Float32Array,
      ...(known && { known: known.data as Uint8Array }),
    };
  }

  #report(activity: 'train' | 'validate', epoch: number, tally: EpochTally, batches: number): Promise<void> {
    const { info, emit } = this.of;
    return emit({
      phase: info.name,
      activity,
      epoch,
      epochs: info.epochs,
      batch: tally.steps,
      batches,
      loss: tally.loss,
      batchLoss: tally.lastLoss,
      secondsLeft: this.#clock(activity),
    });
  }
}

/** Loss and metrics of training, then those of validation. */
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
