import { activation, elu, leakyRelu, prelu, relu, softmax, thresholdedRelu } from './activation';
import { batchNormalization } from './batch-normalization';
import { convolution, convolution1d, depthwise, groupedConvolution, separable } from './convolution';
import { dense } from './dense';
import { alphaDropout, dropout, gaussianDropout, gaussianNoise } from './dropout';
import type { LayerTranslation } from './layer-translation';
import { average, difference, largest, product, scaledSum, smallest, sum } from './merge';
import {
  channelAffine,
  groupNormalization,
  layerNormalization,
  layerScale,
  normalization,
  rescaling,
} from './normalization';
import { channelPadding, cropping, zeroPadding } from './padding';
import {
  averagePooling,
  averageSteps,
  globalAveragePooling,
  globalMaxPooling,
  maxPooling,
  maxSteps,
} from './pooling';
import { centerCrop, resizing } from './resizing';
import { concatenation, firstToken, permutation, reshaping, upSampling } from './shape';

/** The translations by class name. Layers of all other classes run by their own `call`. */
export const layerTranslations: Readonly<Record<string, LayerTranslation>> = {
  Activation: activation,
  Add: sum,
  AlphaDropout: alphaDropout,
  Average: average,
  AveragePooling2D: averagePooling,
  BatchNormalization: batchNormalization,
  CenterCrop: centerCrop,
  ChannelAffine: channelAffine,
  ClassToken: firstToken,
  Concatenate: concatenation,
  Conv1D: convolution1d,
  Conv2D: convolution,
  Cropping2D: cropping,
  Dense: dense,
  DepthwiseConv2D: depthwise,
  Dropout: dropout,
  ELU: elu,
  Flatten: reshaping,
  GaussianDropout: gaussianDropout,
  GaussianNoise: gaussianNoise,
  GlobalAveragePooling1D: averageSteps,
  GlobalAveragePooling2D: globalAveragePooling,
  GlobalMaxPooling1D: maxSteps,
  GlobalMaxPooling2D: globalMaxPooling,
  GroupedConv2D: groupedConvolution,
  GroupNormalization: groupNormalization,
  LayerNormalization: layerNormalization,
  LayerScale: layerScale,
  LeakyReLU: leakyRelu,
  Maximum: largest,
  MaxPooling2D: maxPooling,
  Minimum: smallest,
  Multiply: product,
  Normalization: normalization,
  Permute: permutation,
  PReLU: prelu,
  ReLU: relu,
  Rescaling: rescaling,
  Reshape: reshaping,
  Resizing: resizing,
  SeparableConv2D: separable,
  Softmax: softmax,
  SpatialDropout1D: dropout,
  SpatialDropout2D: dropout,
  Subtract: difference,
  CustomScaleLayer: scaledSum,
  ThresholdedReLU: thresholdedRelu,
  UpSampling2D: upSampling,
  ZeroPadding2D: zeroPadding,
  ZeroPaddingChannels: channelPadding,
};
