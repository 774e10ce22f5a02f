import { NotSendableError } from './errors';
import type { ExampleImage } from './example';

/** An image as it is sent, and the parts of it that are transferred instead of copied. */
export interface Sendable {
  readonly image: ExampleImage;
  readonly transfer: readonly Transferable[];
  /** The approximate number of bytes that the page copies. */
  readonly bytes: number;
}

/** The classes of the page's elements that show a picture. */
const ELEMENTS = [
  'HTMLImageElement',
  'HTMLCanvasElement',
  'OffscreenCanvas',
  'HTMLVideoElement',
  'VideoFrame',
];

/**
 * Prepares an image for sending.
 *
 * @param what names the image in messages.
 * @throws {NotSendableError} the value isn't an image, or is an element whose picture can't be read
 */
export async function sendableImage(given: unknown, what: string): Promise<Sendable> {
  const sent = sendableAtOnce(given);
  if (sent) return sent;
  if (ELEMENTS.some((kind) => isOf(kind, given))) {
    try {
      const image = await createImageBitmap(given as ImageBitmapSource);
      return { image, transfer: [image], bytes: 0 };
    } catch (cause) {
      throw new NotSendableError(
        `${what}: expected a picture that can be read; received a ${(given as object).constructor.name} that can't be: ` +
          `${cause instanceof Error ? cause.message : cause}. Is it loaded, and of this site?`,
        { cause },
      );
    }
  }
  throw new NotSendableError(
    `${what}: expected a File, Blob, ImageBitmap, ImageData or { data, width, height }; received ${described(given)}.`,
  );
}

function sendableAtOnce(given: unknown): Sendable | undefined {
  if (given instanceof Blob) return { image: given, transfer: [], bytes: 0 };
  if (isOf('ImageBitmap', given)) {
    const image = given as ImageBitmap;
    return { image, transfer: [], bytes: 4 * image.width * image.height };
  }
  const { data, width, height } = (given ?? {}) as Partial<Record<'data' | 'width' | 'height', unknown>>;
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) return undefined;
  const channels = data.length / (Number(width) * Number(height));
  if (channels !== 3 && channels !== 4) return undefined;
  // Copies only this view, so that the copy can be transferred. A view of a larger buffer would be sent with the whole
  // buffer.
  const copy = data.slice();
  return {
    image: { data: copy, width: width as number, height: height as number },
    transfer: [copy.buffer as ArrayBuffer],
    bytes: data.length,
  };
}

function isOf(kind: string, value: unknown): boolean {
  const Kind = (globalThis as Record<string, unknown>)[kind];
  return typeof Kind === 'function' && value instanceof Kind;
}

function described(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  const { data, width, height } = value as Partial<Record<'data' | 'width' | 'height', unknown>>;
  if (ArrayBuffer.isView(data)) return `${data.byteLength} bytes for ${width}×${height} pixels`;
  return `a ${value.constructor?.name ?? 'value without a class'}`;
}
