import { type Limits, limitExceeded } from '../limits/limits';

/**
 * Refuses an image by its size, before its pixels are made.
 *
 * @throws {LimitExceededError} it has more pixels than `limits.pixels`
 */
export function checkPixels(limits: Required<Limits>, width: number, height: number): void {
  if (width * height > limits.pixels)
    throw limitExceeded(limits, 'pixels', 'decodeImage', `${width}×${height}`);
}
