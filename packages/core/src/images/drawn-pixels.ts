import { type RgbImage, rgbOf } from '@thawjs/images';
import { NotAnImageError } from '../errors';
import type { CanvasLike, DrawnImage, PixelImage } from './image-input';

/** Whether something holds pixels as bytes: `ImageData`, or what a decoder gives. */
export function isPixelImage(value: object): value is PixelImage {
  return (
    'data' in value &&
    'width' in value &&
    'height' in value &&
    !('getContext' in value) &&
    ArrayBuffer.isView(value.data)
  );
}

/** The RGB bytes of pixels in memory. @throws NotAnImageError if there aren't three or four bytes per pixel */
export function rgbOfPixels({ data, width, height }: PixelImage): RgbImage {
  const pixels = width * height;
  const isBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray;
  const channels = data.length / pixels;
  if (!isBytes || !Number.isInteger(pixels) || pixels < 1 || (channels !== 3 && channels !== 4)) {
    throw new NotAnImageError(
      `classify: expected { data, width, height } with 3 or 4 bytes per pixel; received ${data.length} values of ` +
        `${data.constructor.name} for ${width}×${height} pixels.`,
    );
  }
  if (channels === 4) return { data: rgbOf(data), width, height };
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.length), width, height };
}

/** Whether a browser can draw something, or it is a canvas. */
export function isDrawable(value: object): value is CanvasLike | DrawnImage {
  if ('getContext' in value && typeof value.getContext === 'function') return true;
  const kinds = ['HTMLImageElement', 'ImageBitmap', 'HTMLVideoElement', 'VideoFrame', 'SVGImageElement'];
  return kinds.some((kind) => {
    const Kind = (globalThis as Record<string, unknown>)[kind];
    return typeof Kind === 'function' && value instanceof Kind;
  });
}

/**
 * The RGB bytes of something that is drawn, at its own size.
 *
 * @throws NotAnImageError if it has no size yet, or its pixels may not be read, as those of another site's image
 */
export async function rgbOfDrawn(value: CanvasLike | DrawnImage): Promise<RgbImage> {
  try {
    if ('decode' in value && typeof value.decode === 'function') await value.decode();
    const { width, height } = sizeOf(value);
    const context = typeof OffscreenCanvas === 'undefined' ? ownContext(value) : drawn(value, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return { data: rgbOf(data), width, height };
  } catch (cause) {
    if (cause instanceof NotAnImageError) throw cause;
    throw new NotAnImageError(
      `classify: expected a picture whose pixels can be read; received a ${value.constructor.name} that can't be: ` +
        `${reasonOf(cause)}. Is it loaded? An image of another site needs crossorigin="anonymous".`,
      { cause },
    );
  }
}

/** Height and width in pixels, whatever the element is shown as. */
function sizeOf(value: object): { readonly width: number; readonly height: number } {
  const number = (name: string) => {
    const found = (value as Record<string, unknown>)[name];
    return typeof found === 'number' ? found : undefined;
  };
  const width =
    number('naturalWidth') ?? number('videoWidth') ?? number('displayWidth') ?? number('width') ?? 0;
  const height =
    number('naturalHeight') ?? number('videoHeight') ?? number('displayHeight') ?? number('height') ?? 0;
  if (width > 0 && height > 0) return { width, height };
  throw new NotAnImageError(
    `classify: expected a picture with pixels; received a ${value.constructor.name} of ${width}×${height}. Wait until it is ` +
      'loaded, and for a video until it has a frame.',
  );
}

interface Context {
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
}

function drawn(value: object, width: number, height: number): Context {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' })!;
  context.drawImage(value as CanvasImageSource, 0, 0, width, height);
  return context as Context;
}

/** The context of a canvas that a package for Node made. */
function ownContext(value: object): Context {
  return (value as CanvasLike).getContext('2d') as Context;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
