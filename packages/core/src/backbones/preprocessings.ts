import type { Preprocessing } from './backbone';

const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/** The usual preprocessings of networks trained on ImageNet. */
export const preprocessings = {
  /** Mean and standard deviation of ImageNet per channel: torchvision and most of Keras. */
  imagenet: {
    channelOrder: 'rgb',
    mean: MEAN.map((mean) => 255 * mean),
    scale: DEVIATION.map((deviation) => 1 / (255 * deviation)),
  },
  /** The means of the original Caffe model: Keras' ResNet. */
  caffe: { channelOrder: 'bgr', mean: [103.939, 116.779, 123.68], scale: 1 },
  /** From −1 to 1: Keras' MobileNets. */
  unit: { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
  /** From −127/128 to 1: the EfficientNet-Lite networks. */
  lite: { channelOrder: 'rgb', mean: [127, 127, 127], scale: 1 / 128 },
} as const satisfies Readonly<Record<string, Preprocessing>>;
