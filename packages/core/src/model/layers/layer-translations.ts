import { activation, relu } from './activation';
import { batchNormalization } from './batch-normalization';
import { convolution, depthwise } from './convolution';
import { dense } from './dense';
import { dropout } from './dropout';
import type { LayerTranslation } from './layer-translation';
import { channelPadding, zeroPadding } from './padding';
import { averagePooling, globalAveragePooling, globalMaxPooling, maxPooling } from './pooling';
import { concatenation, reshaping } from './shape';
import { sum } from './sum';

/** The layer classes that a plan has operations for; all others run by their own `call`. */
export const layerTranslations: Readonly<Record<string, LayerTranslation>> = {
  Activation: activation,
  Add: sum,
  AveragePooling2D: averagePooling,
  BatchNormalization: batchNormalization,
  Concatenate: concatenation,
  Conv2D: convolution,
  Dense: dense,
  DepthwiseConv2D: depthwise,
  Dropout: dropout,
  Flatten: reshaping,
  GlobalAveragePooling2D: globalAveragePooling,
  GlobalMaxPooling2D: globalMaxPooling,
  MaxPooling2D: maxPooling,
  ReLU: relu,
  Reshape: reshaping,
  ZeroPadding2D: zeroPadding,
  ZeroPaddingChannels: channelPadding,
};
