import type { ExampleImage, Pixels } from '../example';

/**
 * An image as a file. Files stay as they are. Pictures and pixels become PNG without alpha, which is lossless and takes
 * less memory than pixels.
 */
export async function encodedImage(image: ExampleImage): Promise<Blob> {
  if (image instanceof Blob) return image;
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' })!;
  if ('data' in image) {
    context.putImageData(opaque(rgbaOf(image), image.width), 0, 0);
  } else {
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    context.putImageData(opaque(data, image.width), 0, 0);
    image.close();
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

function opaque(rgba: Uint8ClampedArray<ArrayBuffer>, width: number): ImageData {
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return new ImageData(rgba, width);
}

function rgbaOf({ data, width, height }: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * width * height);
  const channels = data.length / (width * height);
  if (channels === 4) {
    rgba.set(data);
    return rgba;
  }
  for (let i = 0, o = 0; i < data.length; i += 3, o += 4) rgba.set(data.subarray(i, i + 3), o);
  return rgba;
}
