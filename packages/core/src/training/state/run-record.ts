import type { Variable } from '@tensorflow/tfjs-core';
import type { Classifier } from '../../classifier/classifier';
import { OptionError } from '../../errors';
import { openStore, STORE_KINDS } from '../../files/open-store';
import { modelWeights } from '../../weights/model-weights';
import { withState } from '../callback';
import type { PhaseOptions } from '../phase-options';
import { checkFingerprint, type Recipe, type RunFingerprint, runFingerprint } from './run-fingerprint';
import { readState } from './state-file';
import type { TrainingState } from './training-state';

/** The data that the phases of a run share in order to capture training states. */
export interface RunRecord {
  /** Undefined if no callback asks for training states. */
  readonly fingerprint?: RunFingerprint;
  /** The `dataId` of each weight at the start of the run. A weight that was written to since has another one. */
  readonly startOf: ReadonlyMap<Variable, object>;
  /** Wall time so far, in seconds, by phase name. */
  readonly seconds: Record<string, number>;
  /** The state to resume from, if there is one. */
  readonly resumed?: TrainingState;
}

/**
 * Begins the record of a run: computes its fingerprint if needed, and reads the state to resume from.
 *
 * @throws OptionError if `resume` is no place for files here; ResumeError if the state can't be read or is of another run.
 */
export async function beginRun(
  classifier: Classifier,
  options: Pick<PhaseOptions, 'train' | 'validation' | 'callbacks' | 'resume'>,
  recipes: Readonly<Record<string, Recipe>>,
): Promise<RunRecord> {
  const weights = modelWeights(classifier.model);
  const startOf = new Map(weights.map(({ variable }) => [variable, variable.dataId]));
  const { resume, callbacks = [] } = options;
  if (resume === undefined && !callbacks.some((callback) => callback.onSafePoint))
    return { startOf, seconds: {} };
  const fingerprint = {
    ...(await runFingerprint(classifier, options, recipes)),
    // Their states are stored by position.
    'number of callbacks with a state': String(withState(callbacks).length),
  };
  if (resume === undefined) return { fingerprint, startOf, seconds: {} };
  const store = openStore(resume);
  if (!store) throw new OptionError(`resume: expected ${STORE_KINDS}; received "${resume}".`);
  const resumed = await readState(store);
  if (!resumed) return { fingerprint, startOf, seconds: {} };
  checkFingerprint(resume, resumed.fingerprint, fingerprint);
  return { fingerprint, startOf, seconds: { ...resumed.seconds }, resumed };
}
