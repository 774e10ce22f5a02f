import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import type { BatchNormMode } from '../freezing/batch-norm-mode';
import { freeze } from '../freezing/freeze';
import { leafLayers } from '../freezing/leaf-layers';
import { refuseGraphModels } from '../freezing/refuse-graph-models';
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

/** The phase that trains the head and the thawed part of the backbone. */
export interface ThawOptions extends OfPhase {
  /** The number of layers that stay frozen, counted from the input as in Keras' `base.layers[:10]`; default 0. */
  readonly freezeFirst?: number;
  /** The layers that stay frozen, as a selection; instead of `freezeFirst`. */
  readonly freeze?: Selection;
  /** The mode of thawed BatchNormalization layers; default `'affine'`. */
  readonly batchNorm?: BatchNormMode;
}

export interface FineTuneOptions extends TrainingOptions {
  /** `false` leaves the phase out. */
  readonly head: HeadOptions | false;
  /** `false` leaves the phase out. */
  readonly thaw: ThawOptions | false;
}

/** The record of a `fineTune` run. */
export interface Run {
  /** One row per epoch, of the phase `'head'`, then of `'thaw'`. */
  readonly history: readonly HistoryRow[];
  /** Wall time by phase. */
  readonly seconds: Readonly<Record<string, number>>;
  /** True if the signal ended the run early. */
  readonly interrupted: boolean;
}

/**
 * Trains a classifier in two phases: first the head on the frozen backbone, then head and thawed backbone at a low rate.
 *
 * The head phase freezes all layers but the head. The thaw phase thaws all layers but the first `freezeFirst`, with
 * BatchNormalization in `'affine'` mode by default. Layers that are frozen from the input on run once per image
 * (`featureCache`), not at every step. Each phase has a fresh optimizer. The model is trained in place. The same seed,
 * data and backend give the same run.
 *
 * With a `checkpoint` among the callbacks and the option `resume`, a killed run continues from the last state that was
 * written, and ends with the same bytes as a run that wasn't killed.
 *
 * @throws OptionError, DataMismatchError, SelectionError or ResumeError before anything is computed; KernelMissingError if
 * the backend can't train a thawed layer; DivergedError if a loss or gradient isn't finite; StaleFeaturesError if frozen
 * weights or images change during the run.
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
  const staying = new Set([
    ...selectLayers(classifier, stays).map(({ path }) => path),
    ...classifier.headLayers,
  ]);
  if (thaw) {
    const thawed = leafLayers(classifier.model).filter(({ path }) => !staying.has(path));
    refuseGraphModels('fineTune', thawed);
  }
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
