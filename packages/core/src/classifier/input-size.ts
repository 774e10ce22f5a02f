import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Height and width of the images that a network takes. */
export function inputSize({ inputs }: LayersModel): readonly [height: number, width: number] {
  const [, height, width] = inputs[0].shape;
  return [height ?? 0, width ?? 0];
}
