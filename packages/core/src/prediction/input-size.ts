import type { LayersModel } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';

/**
 * Height and width of a network's input images.
 *
 * @throws {OptionError} if the network takes images of any size. Data sets need a size to decode images at.
 */
export function inputSize({ inputs, name }: LayersModel): readonly [height: number, width: number] {
  const [, height, width] = inputs[0].shape;
  if (height && width) return [height, width];
  throw new OptionError(
    `inputSize: expected a network of a known image size; the input of "${name}" has shape [${inputs[0].shape
      .map((size) => size ?? 'any')
      .join(', ')}]. Make the classifier by classifier(), with inputSize: [height, width].`,
  );
}
