import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import type { BatchNormMode } from '../freezing/batch-norm-mode';
import { freeze } from '../freezing/freeze';
import { type Selection, selectLayers } from '../freezing/selection';
import { unfreeze } from '../freezing/unfreeze';
import type { HistoryRow } from './history';
import { runPhase } from './phase';
import type { PhaseOptions, TrainingOptions } from './phase-options';
import { resolvePhase } from './resolve-phase';
import { beginRun } from './state/run-record';

type OfPhase = Pick<
  PhaseOptions,
  'epochs' | 'learningRate' | 'learningRateFactors' | 'optimizer' | 'views' | 'weightAverage'
> & {
  readonly batchSize?: number;
};

/** The phase that trains the new head while the backbone is frozen. */
export interface HeadOptions extends OfPhase {}

/** The phase that trains the thawed backbone on, head included. */
export interface ThawOptions extends OfPhase {
  /** How many layers stay frozen, counted from the input as in Keras' `base.layers[:10]`; default 0. */
  readonly freezeFirst?: number;
  /** Which layers stay frozen, said otherwise; in place of `freezeFirst`. */
  readonly freeze?: Selection;
  /** What thawed BatchNormalization does; default `'affine'`. */
  readonly batchNorm?: BatchNormMode;
}

export interface FineTuneOptions extends TrainingOptions {
  /** `false` leaves the phase out. */
  readonly head: HeadOptions | false;
  /** `false` leaves the phase out. */
  readonly thaw: ThawOptions | false;
}

/** What a run of `fineTune` recorded. */
export interface Run {
  /** A row an epoch, of both phases: `'head'`, then `'thaw'`. */
  readonly history: readonly HistoryRow[];
  /** Wall time by phase. */
  readonly seconds: Readonly<Record<string, number>>;
  /** True where the signal ended it early. */
  readonly interrupted: boolean;
}

/**
 * Transfer learning in two phases: the head on the frozen backbone, then head and thawed backbone at a low rate.
 *
 * The head phase freezes all but the head; the thaw phase thaws all but `freezeFirst` layers, BatchNormalization in
 * `'affine'` mode unless told otherwise. What is frozen from the input on runs once an image (`featureCache`), not at
 * every step. Each phase has a fresh optimizer. The model is trained in place, and the same
 * seed, data and backend give the same run.
 *
 * With a `checkpoint` among the callbacks and `resume`, a run that was killed goes on where it was, and ends with the same
 * bytes as one that wasn't.
 *
 * @throws OptionError, DataMismatchError, SelectionError, ResumeError before anything is computed; KernelMissingError where the
 * backend can't train what is thawed; DivergedError where the loss is no longer a number; StaleFeaturesError where frozen
 * weights or images change while it runs.
 */
export async function fineTune(classifier: Classifier, options: FineTuneOptions): Promise<Run> {
  const { head, thaw, ...shared } = options;
  const stays = stayingFrozen(thaw);
  const optionsOf = (name: string, own: HeadOptions | ThawOptions): PhaseOptions => ({
    ...shared,
    ...own,
    name,
  });
  if (head) resolvePhase(classifier, optionsOf('head', head));
  if (thaw) resolvePhase(classifier, optionsOf('thaw', thaw));
  selectLayers(classifier, stays);
  const record = await beginRun(classifier, shared, {
    run: { ...shared },
    ...(head && { head: { ...head } }),
    ...(thaw && { thaw: { ...thaw } }),
  });
  const history: HistoryRow[] = [];
  let interrupted = false;
  const run = async (name: string, own: HeadOptions | ThawOptions) => {
    const started = performance.now();
    const before = record.seconds[name] ?? 0;
    const result = await runPhase(
      classifier,
      resolvePhase(classifier, { ...optionsOf(name, own), history }),
      record,
    );
    record.seconds[name] = before + (performance.now() - started) / 1000;
    history.push(...result.history);
    interrupted = result.interrupted;
  };
  const headIsDone = record.resumed?.phase === 'thaw';
  if (headIsDone) history.push(...record.resumed.history.filter(({ phase }) => phase === 'head'));
  if (head && !headIsDone) {
    freezeAllButHead(classifier);
    await run('head', head);
  }
  if (thaw && !interrupted) {
    unfreeze(classifier, 'all', { batchNorm: thaw.batchNorm });
    freeze(classifier, stays);
    await run('thaw', thaw);
  }
  return { history, seconds: record.seconds, interrupted };
}

function stayingFrozen(thaw: ThawOptions | false): Selection {
  if (!thaw) return { first: 0 };
  if (thaw.freeze !== undefined && thaw.freezeFirst !== undefined) {
    throw new OptionError('fineTune: expected thaw.freezeFirst or thaw.freeze; received both.');
  }
  return thaw.freeze ?? { first: thaw.freezeFirst ?? 0 };
}

function freezeAllButHead(classifier: Classifier): void {
  const head = new Set(classifier.headLayers);
  freeze(classifier, (_, path) => !head.has(path));
  unfreeze(classifier, (_, path) => head.has(path), { batchNorm: 'training' });
}
