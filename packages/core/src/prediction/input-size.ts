import { OptionError } from '../errors';
import type { Sizes } from '../program/ir';

/** Facts about a network's input that don't need its layers. */
interface NetworkInput {
  readonly name: string;
  readonly inputs: readonly { readonly shape: Sizes }[];
}

/**
 * Height and width of a network's input images.
 *
 * @throws {OptionError} if the network takes images of any size. Data sets need a size to decode images at.
 */
export function inputSize({ inputs, name }: NetworkInput): readonly [height: number, width: number] {
  const [, height, width] = inputs[0].shape;
  if (height && width) return [height, width];
  throw new OptionError(
    `inputSize: expected a network of a known image size; the input of "${name}" has shape ${shapeText(inputs[0].shape)}. ` +
      'Make the classifier by classifier(), with inputSize: [height, width].',
  );
}

/** A shape for error messages. A size that isn't known is "any". */
export function shapeText(shape: Sizes): string {
  return `[${shape.map((size) => size ?? 'any').join(', ')}]`;
}
