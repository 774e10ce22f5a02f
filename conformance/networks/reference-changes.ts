import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { backbone } from '../../packages/core/src/backbones/open-backbone';
import { modelWeights } from '../../packages/core/src/weights/model-weights';

/** Facts about a reference network besides its gradients. */
export interface Facts {
  readonly reference: string;
  /** The seed of its images' pixels. */
  readonly seed: number;
  /** The number of its BatchNormalizations. */
  readonly norms: number;
  /**
   * For each mode: the loss in float64, and the distance of the reference's float32 gradients from its float64 ones, as
   * one vector.
   */
  readonly modes: Readonly<Record<string, { readonly loss: number; readonly ownDistance: number }>>;
}

/** The gradient of a weight, or the change of a moving statistic, in the reference. */
export interface Change {
  readonly values: Float32Array;
  readonly isNorm: boolean;
  readonly isMoving: boolean;
}

export function factsOf(folder: string): Facts {
  return JSON.parse(readFileSync(path.join(folder, 'facts.json'), 'utf8')) as Facts;
}

/** The reference's changes with our names and our order of axes. Its file is read like a file of weights. */
export async function referenceChanges(
  network: string,
  folder: string,
  mode: string,
): Promise<ReadonlyMap<string, Change>> {
  const torch = path.join(folder, `${mode}.safetensors`);
  const { model } = await backbone(network, {
    weights: existsSync(torch) ? torch : path.join(folder, mode),
    includeTop: true,
    inputSize: [64, 64],
  });
  const changes = modelWeights(model).map(({ layer, name, variable }): [string, Change] => {
    const own = name.split('/').at(-1)!;
    const isNorm = layer.getClassName() === 'BatchNormalization';
    const values = variable.dataSync<'float32'>().slice();
    return [`${layer.name}/${own}`, { values, isNorm, isMoving: own.startsWith('moving_') }];
  });
  model.dispose();
  return new Map(changes);
}
