import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../classifier/classifier';
import { modelWeights } from '../../weights/model-weights';
import { type Callback, withState } from '../callback';
import type { EpochTally } from '../epoch-tally';
import type { TrainingSteps } from '../steps/training-step';
import type { RunRecord } from './run-record';
import type { StateArray, TrainingState } from './training-state';

/** The position of a run within a phase. */
export interface Position
  extends Pick<TrainingState, 'phase' | 'epoch' | 'history' | 'seconds' | 'rateFactor' | 'stopped'> {
  /** The finished part of the current epoch; undefined between two epochs. */
  readonly tally?: EpochTally;
}

/** Captures the training state of a run at a position. */
export async function captured(
  classifier: Classifier,
  { fingerprint, startOf }: RunRecord,
  steps: TrainingSteps,
  callbacks: readonly Callback[],
  { tally, ...position }: Position,
): Promise<TrainingState> {
  const arrays: Record<string, StateArray> = {};
  for (const { name, variable } of modelWeights(classifier.model)) {
    if (startOf.get(variable) === variable.dataId) continue;
    arrays[`weights/${name}`] = { shape: variable.shape, data: (await variable.data()) as Float32Array };
  }
  const { program } = steps;
  if (program) {
    const values = await program.read(program.ownStates);
    for (const [i, { name }] of program.ownStates.entries()) {
      arrays[`own/${name}`] = { shape: values[i].shape, data: (await values[i].data()) as Float32Array };
    }
    tf.dispose(values);
  }
  const part = tally?.state();
  for (const key of ['yTrue', 'yScore', 'known'] as const) {
    const data = part?.[key];
    if (data && part.images > 0) arrays[`tally/${key}`] = { shape: [data.length], data };
  }
  const remembered: unknown[] = [];
  for (const [i, callback] of withState(callbacks).entries()) {
    const state = await callback.state();
    remembered.push(state?.json ?? null);
    for (const [name, array] of Object.entries(state?.arrays ?? {})) arrays[`callbacks/${i}/${name}`] = array;
  }
  return {
    ...position,
    fingerprint: fingerprint!,
    tally: { steps: part?.steps ?? 0, images: part?.images ?? 0, sum: part?.sum ?? 0 },
    callbacks: remembered,
    arrays,
  };
}

/** The arrays of a state whose names have a prefix, by the rest of the name. */
export function arraysUnder({ arrays }: TrainingState, prefix: string): Record<string, StateArray> {
  return Object.fromEntries(
    Object.entries(arrays)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, array]) => [name.slice(prefix.length), array]),
  );
}

/** Assigns the weights of a state to the model. */
export function restoreWeights(classifier: Classifier, state: TrainingState): void {
  const stored = arraysUnder(state, 'weights/');
  for (const { name, variable } of modelWeights(classifier.model)) {
    const array = stored[name];
    if (array) tf.tidy(() => variable.assign(tf.tensor(array.data as Float32Array, [...array.shape])));
  }
}

/** Restores the own states of the steps (such as optimizer slots), and what the callbacks remembered. */
export async function restoreRest(
  state: TrainingState,
  { program }: TrainingSteps,
  callbacks: readonly Callback[],
): Promise<void> {
  if (program) {
    const stored = arraysUnder(state, 'own/');
    const values = new Map(
      program.ownStates.flatMap((own) => {
        const array = stored[own.name];
        return array ? [[own, tf.tensor(array.data as Float32Array, [...array.shape])] as const] : [];
      }),
    );
    program.write(values);
    tf.dispose([...values.values()]);
  }
  for (const [i, callback] of withState(callbacks).entries()) {
    const json = state.callbacks[i];
    if (json !== null && json !== undefined) {
      await callback.restore?.({ json, arrays: arraysUnder(state, `callbacks/${i}/`) });
    }
  }
}
