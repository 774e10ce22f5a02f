import type { RgbImageInput } from '../../encode-image';

/**
 * Shrinks an image to at most `size` pixels per side. Each new pixel is the mean of the pixels that it
 * covers.
 */
export function thumbnail(image: RgbImageInput, size: number): RgbImageInput {
  const scale = Math.max(1, Math.max(image.width, image.height) / size);
  if (scale === 1) return image;
  const width = Math.max(1, Math.round(image.width / scale));
  const height = Math.max(1, Math.round(image.height / scale));
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = span(y, height, image.height);
    for (let x = 0; x < width; x++) {
      const [left, right] = span(x, width, image.width);
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) {
            sum += image.data[(row * image.width + column) * 3 + channel];
          }
        }
        data[(y * width + x) * 3 + channel] = Math.round(sum / ((bottom - top) * (right - left)));
      }
    }
  }
  return { data, width, height };
}

/** The pixels of a side of `from` pixels that pixel `at` of a side of `to` pixels covers. */
function span(at: number, to: number, from: number): [first: number, end: number] {
  const first = Math.floor((at * from) / to);
  return [first, Math.max(first + 1, Math.floor(((at + 1) * from) / to))];
}
