import type { LayersModel } from '@tensorflow/tfjs-layers';
import { SavedModelError } from '../errors';
import { leafLayers } from '../layers/leaf-layers';
import { type BatchNormMode, batchNormMode, isBatchNorm } from './batch-norm-mode';
import { flaggedLayers } from './flagged-layers';
import { setLayerTrainable, setTrainable } from './set-trainable';

/** The paths of the frozen layers, and the mode of each BatchNormalization by path. Plain JSON. */
export interface FreezeState {
  readonly frozen: readonly string[];
  readonly batchNorm: Readonly<Record<string, BatchNormMode>>;
}

/** The freeze state of a model, which is saved with it. */
export function readFreezeState(model: LayersModel): FreezeState {
  const frozen: string[] = [];
  const batchNorm: Record<string, BatchNormMode> = {};
  for (const { layer, path, learns, around } of flaggedLayers(model)) {
    if (!learns && (around?.learns ?? true)) frozen.push(path);
    const mode = isBatchNorm(layer) ? batchNormMode(layer) : undefined;
    if (mode) batchNorm[path] = mode;
  }
  return { frozen, batchNorm };
}

/** Gives the layers of a copy of a model the freeze state of the model's. The copy's layers may have other names. */
export function copyFreezeState(model: LayersModel, copy: LayersModel): void {
  const originals = flaggedLayers(model);
  for (const [i, { layer }] of flaggedLayers(copy).entries()) {
    setLayerTrainable(layer, originals[i].learns, batchNormMode(originals[i].layer));
  }
}

/**
 * Applies a saved freeze state to a model.
 *
 * @throws SavedModelError if the state names a layer that the model doesn't have.
 */
export function applyFreezeState(model: LayersModel, state: FreezeState): void {
  const leaves = leafLayers(model);
  const inWrappers = flaggedLayers(model).filter(({ around }) => around);
  const paths = new Set([...leaves, ...inWrappers].map(({ path }) => path));
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
  for (const { layer, path } of inWrappers) {
    const mode = state.batchNorm[path];
    if (frozen.has(path)) setLayerTrainable(layer, false);
    else if (mode) setLayerTrainable(layer, mode !== 'frozen', mode);
  }
}
