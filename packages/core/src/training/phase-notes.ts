import type { LayersModel } from '@tensorflow/tfjs-layers';
import { layerCalls } from '../model/layer-calls';
import { residualBranches } from '../model/residual-branches';
import { progressOf } from './progress-of';
import type { ResolvedPhase } from './resolve-phase';

/** The parts of a phase that its notes depend on. */
export interface PhaseSteps {
  readonly model: LayersModel;
  /** The number of training steps of the phase. */
  readonly steps: number;
  /** The number of steps per update of the weights. */
  readonly every: number;
}

/** Sentences for `onNote` about options that have no effect in a phase. */
export function phaseNotes(
  { rateAt, stochasticDepth }: Pick<ResolvedPhase, 'rateAt' | 'stochasticDepth'>,
  { model, steps, every }: PhaseSteps,
): readonly string[] {
  const notes: string[] = [];
  if (steps > 0 && steps < every) {
    notes.push(
      `no weight learns: gradientAccumulationSteps is ${every}, more than the steps of the phase, ${steps}.`,
    );
  } else if (steps > 0 && isZeroThroughout(rateAt, steps)) {
    notes.push(
      `no weight learns: the schedule's rate is 0 at all steps of the phase (${steps}). Train for more steps, or without a ` +
        'warm-up.',
    );
  }
  if (stochasticDepth) {
    const { calls } = layerCalls(model, () => true);
    if (residualBranches(model, calls).length === 0) {
      notes.push(
        'stochasticDepth has no effect: the network has no residual block that learns and drops nothing itself.',
      );
    }
  }
  return notes;
}

function isZeroThroughout(rateAt: (progress: number) => number, steps: number): boolean {
  for (let step = 0; step < steps; step++) {
    if (rateAt(progressOf(step, steps)) > 0) return false;
  }
  return true;
}
