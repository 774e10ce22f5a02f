import type { PixelOperation } from '../pixels/apply-operation';
import type { RandomGenerator } from '../random/random-generator';
import type { Augmentation } from './augmentation';

/**
 * The colour jitter of one image: brightness, contrast, saturation, hue, in this order.
 *
 * Four numbers are always drawn. torchvision's `ColorJitter` is the same, but in random order.
 */
export function randomColours(
  { brightness, contrast, saturation, hue }: Augmentation,
  random: RandomGenerator,
): PixelOperation[] {
  const within = (limit: number) => (2 * random() - 1) * limit;
  const drawn: [operation: PixelOperation, limit: number][] = [
    [['brightness', 1 + within(brightness)], brightness],
    [['contrast', 1 + within(contrast)], contrast],
    [['saturation', 1 + within(saturation)], saturation],
    [['hue', within(hue)], hue],
  ];
  return drawn.filter(([, limit]) => limit > 0).map(([operation]) => operation);
}
