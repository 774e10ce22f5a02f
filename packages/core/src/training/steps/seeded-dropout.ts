import type { LayersModel } from '@tensorflow/tfjs-layers';
import { leafLayers } from '../../layers/leaf-layers';

/**
 * Gives Dropout layers a fresh seed per step, and their own seed back afterwards. In tfjs-layers, a Dropout with a seed
 * draws the same mask in every step, and one without a seed can't be repeated.
 */
export function seededDropout(model: LayersModel) {
  const layers = leafLayers(model)
    .map(({ layer }) => layer as typeof layer & { seed?: number })
    .filter((layer) => /Dropout$/.test(layer.getClassName()));
  const own = layers.map(({ seed }) => seed);
  return {
    next: (random: () => number) => {
      for (const layer of layers) layer.seed = Math.floor(random() * 2 ** 31);
    },
    restore: () => {
      for (const [i, layer] of layers.entries()) layer.seed = own[i];
    },
  };
}
