import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';

/** The names that PyTorch gives the layers of `torchNetwork`. */
export const torchAliases = {
  conv: ['block.conv'],
  norm: ['block.norm'],
  depthwise: ['block.depthwise'],
  dense: ['fc'],
};

/** The network of conformance/backbones/formats_torch.py. */
export function torchNetwork(units = 2): LayersModel {
  const padding = 'same';
  return sequential({
    layers: [
      layers.conv2d({
        filters: 4,
        kernelSize: 3,
        padding,
        useBias: false,
        name: 'conv',
        inputShape: [6, 5, 3],
      }),
      layers.batchNormalization({ epsilon: 1e-5, name: 'norm' }),
      layers.reLU(),
      layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding, name: 'depthwise' }),
      layers.globalAveragePooling2d({}),
      layers.dense({ units, name: 'dense' }),
    ],
  });
}
