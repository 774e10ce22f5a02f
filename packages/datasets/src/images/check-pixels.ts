import { type Limits, limitExceeded } from '../limits/limits';

/**
 * Checks the size of an image before memory for its pixels is allocated.
 *
 * @throws {LimitExceededError} it has more pixels than `limits.pixels`
 */
export function checkPixels(limits: Required<Limits>, width: number, height: number): void {
  if (width * height > limits.pixels)
    throw limitExceeded(limits, 'pixels', 'decodeImage', `${width}×${height}`);
}
