import { serialization } from '@tensorflow/tfjs-core';
import { ZeroPaddingChannels } from './zero-padding-channels';

/**
 * Tells tfjs-layers of the layer classes that backbones bring, so that `loadLayersModel` finds them.
 *
 * The backbones and Thaw's own `load` call it; it is needed only where a saved model is loaded with tfjs alone.
 * It may be called any number of times.
 */
export function registerLayers(): void {
  serialization.registerClass(ZeroPaddingChannels);
}
