import { convolution } from './convolution';

/** A convolution of each channel by its own part of a kernel [kh, kw, in, m]: in · m channels. */
export const depthwiseConv2d = convolution({
  plain: 'DepthwiseConv2dNative',
  fused: 'FusedDepthwiseConv2D',
  inputGradient: 'DepthwiseConv2dNativeBackpropInput',
  filterGradient: 'DepthwiseConv2dNativeBackpropFilter',
  padsApart: true,
  channels: ([, , channels, multiplier]) => Number(channels) * Number(multiplier),
});
