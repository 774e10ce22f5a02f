import { convolution } from './convolution';

/** A convolution with a kernel [kh, kw, in, out]. */
export const conv2d = convolution({
  plain: 'Conv2D',
  fused: 'FusedConv2D',
  inputGradient: 'Conv2DBackpropInput',
  filterGradient: 'Conv2DBackpropFilter',
  channels: ([, , , out]) => Number(out),
});
