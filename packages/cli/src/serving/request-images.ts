import type { Context } from 'hono';
import { RequestError } from '../errors';

const FORMS =
  'an image as the body (content type image/… or application/octet-stream), a multipart form of files, or JSON ' +
  '{ "image": base64 } or { "images": [base64, …] }';

/**
 * The encoded images of a request, in any of three forms.
 *
 * @throws RequestError if there are no images, there are too many, or the request has another form
 */
export async function requestImages({ req }: Context, maxImages: number): Promise<Uint8Array[]> {
  const type = (req.header('content-type') ?? '').split(';')[0].trim().toLowerCase();
  const images = await imagesOf(type, req);
  if (images.length === 0 || images.some((bytes) => bytes.length === 0))
    throw new RequestError(`expected ${FORMS}; received no image.`);
  if (images.length > maxImages)
    throw new RequestError(`expected at most ${maxImages} images a request; received ${images.length}.`, 413);
  return images;
}

async function imagesOf(type: string, req: Context['req']): Promise<Uint8Array[]> {
  if (type.startsWith('image/') || type === 'application/octet-stream')
    return [new Uint8Array(await req.arrayBuffer())];
  if (type === 'multipart/form-data') {
    const form = await req.formData().catch(() => {
      throw new RequestError(`expected ${FORMS}; the multipart form can't be read.`);
    });
    const files = [...form.values()].filter((value) => value instanceof File);
    return Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
  }
  if (type === 'application/json') {
    const body: unknown = await req.json().catch(() => {
      throw new RequestError(`expected ${FORMS}; the JSON can't be read.`);
    });
    return encoded(body).map(fromBase64);
  }
  throw new RequestError(`expected ${FORMS}; received content type "${type}".`, 415);
}

function encoded(body: unknown): string[] {
  const { image, images } = (body ?? {}) as { image?: unknown; images?: unknown };
  const all = image === undefined ? images : [image];
  if (Array.isArray(all) && all.every((one) => typeof one === 'string')) return all;
  throw new RequestError(`expected ${FORMS}; received other JSON.`);
}

function fromBase64(text: string): Uint8Array {
  const bare = text.replace(/^data:[^,]*,/, '');
  if (!/^[\w+/-]*={0,2}$/.test(bare))
    throw new RequestError('expected images in base64; received other characters.');
  return Buffer.from(bare, 'base64');
}
