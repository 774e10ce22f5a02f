import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Height and width of a network's input images; 0 for a size that the network leaves open. */
export function inputSize({ inputs }: LayersModel): readonly [height: number, width: number] {
  const [, height, width] = inputs[0].shape;
  return [height ?? 0, width ?? 0];
}
