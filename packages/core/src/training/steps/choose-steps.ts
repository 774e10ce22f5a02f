import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { PrecisionError } from '../../errors';
import { NotAProgramError } from '../../model/not-a-program-error';
import { nodeModules } from '../../platform/node';
import type { ResolvedPrecision } from '../../run/precision';
import { nativeBackend } from '../../run/tensorflow/native-backend';
import { NoScratchFolderError } from '../../run/tensorflow/scratch-folder';
import type { Loss } from '../loss';
import type { Optimizer } from '../optimizers/optimizer';
import { graphSteps } from './graph-steps';
import { planSteps } from './plan-steps';
import type { StepOptions } from './step-options';
import { tapeSteps } from './tape-steps';
import type { TrainingSteps } from './training-step';

/** Steps in the fastest way there is, and why not in a faster one. */
export interface ChosenSteps {
  readonly steps: TrainingSteps;
  readonly notes: readonly string[];
}

/**
 * Steps of a phase: in one TensorFlow graph on the native backend, else op by op, else by TensorFlow.js' own differentiation.
 *
 * @throws PrecisionError if nothing but bfloat16 will do and the steps can't become a graph.
 */
export function chooseSteps(
  model: LayersModel,
  loss: Loss,
  learning: readonly Variable[],
  optimizer: Optimizer,
  { way = 'graph', recompute = false }: StepOptions,
  { type, negotiable }: ResolvedPrecision,
): ChosenSteps {
  const notes: string[] = [];
  const attempt = (text: string, make: () => TrainingSteps) => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof NotAProgramError || error instanceof NoScratchFolderError)) throw error;
      notes.push(`${text}: ${error.message}.`);
      return undefined;
    }
  };
  const backend = nodeModules() && nativeBackend();
  const graph =
    way === 'graph' && backend
      ? attempt('steps run op by op, not as one graph', () =>
          graphSteps(backend, model, loss, learning, optimizer, { recomputes: recompute, type }),
        )
      : undefined;
  const ungraphed = !graph && type === 'bfloat16';
  if (ungraphed && !negotiable) {
    const why = notes[0] ?? `way is '${way}'.`;
    throw new PrecisionError(
      `precision: expected steps that run as one graph, which bfloat16 needs; ${why} Pass 'float32' or 'auto'.`,
    );
  }
  const plan =
    graph || way === 'tape'
      ? undefined
      : attempt("steps run by TensorFlow.js' own differentiation", () =>
          planSteps(model, loss, learning, optimizer, recompute),
        );
  const steps = graph ?? plan ?? tapeSteps(model, loss, learning, optimizer);
  const inFloat32 = ungraphed
    ? ['steps are computed in float32, as bfloat16 needs steps that run as one graph.']
    : [];
  return { steps, notes: [...notes.slice(-1), ...inFloat32] };
}
