import type { LayersModel } from '@tensorflow/tfjs-layers';
import { SavedModelError } from '../errors';
import { leafLayers } from '../layers/leaf-layers';
import { type BatchNormMode, batchNormMode, isBatchNorm } from './batch-norm-mode';
import { setTrainable } from './set-trainable';

/** The paths of the frozen layers, and the mode of each BatchNormalization by path. Plain JSON. */
export interface FreezeState {
  readonly frozen: readonly string[];
  readonly batchNorm: Readonly<Record<string, BatchNormMode>>;
}

/** The freeze state of a model, which is saved with it. */
export function readFreezeState(model: LayersModel): FreezeState {
  const frozen: string[] = [];
  const batchNorm: Record<string, BatchNormMode> = {};
  for (const { layer, path, parents } of leafLayers(model)) {
    if (!layer.trainable || [model, ...parents].some((parent) => !parent.trainable)) frozen.push(path);
    const mode = isBatchNorm(layer) ? batchNormMode(layer) : undefined;
    if (mode) batchNorm[path] = mode;
  }
  return { frozen, batchNorm };
}

/**
 * Applies a saved freeze state to a model.
 *
 * @throws SavedModelError if the state names a layer that the model doesn't have.
 */
export function applyFreezeState(model: LayersModel, state: FreezeState): void {
  const leaves = leafLayers(model);
  const paths = new Set(leaves.map(({ path }) => path));
  const unknown = [...state.frozen, ...Object.keys(state.batchNorm)].find((path) => !paths.has(path));
  if (unknown !== undefined) {
    throw new SavedModelError(
      `freeze state: expected names of layers of model "${model.name}"; it has no "${unknown}".`,
    );
  }
  const frozen = new Set(state.frozen);
  setTrainable(
    model,
    leaves.filter(({ path }) => frozen.has(path)),
    false,
    'frozen',
  );
  for (const mode of ['affine', 'training'] as const) {
    const learning = leaves.filter(
      ({ path }) => !frozen.has(path) && (state.batchNorm[path] ?? 'training') === mode,
    );
    setTrainable(model, learning, true, mode);
  }
}
