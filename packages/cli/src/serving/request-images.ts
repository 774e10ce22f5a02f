import type { Context } from 'hono';
import { RequestError } from '../errors';
import type { ReceivedBody } from './read-body';

const FORMS =
  'an image as the body (content type image/… or application/octet-stream), a multipart form of files, or JSON ' +
  '{ "image": base64 } or { "images": [base64, …] }';
/** Parts of a form that aren't images, such as text fields. */
const MOST_OTHER_PARTS = 100;

/**
 * The encoded images of a request, in any of three forms.
 *
 * @throws RequestError if there are no images, there are too many, or the request has another form
 */
export async function requestImages(
  { req, var: { body } }: Context<ReceivedBody>,
  maxImages: number,
): Promise<Uint8Array[]> {
  const header = req.header('content-type') ?? '';
  const images = await imagesOf(header, body, maxImages);
  if (images.length === 0 || images.some((bytes) => bytes.length === 0))
    throw new RequestError(`expected ${FORMS}; received no image.`);
  checkNumber(images, maxImages);
  return images;
}

async function imagesOf(
  header: string,
  body: Uint8Array<ArrayBuffer>,
  maxImages: number,
): Promise<Uint8Array[]> {
  const type = header.split(';')[0].trim().toLowerCase();
  if (type.startsWith('image/') || type === 'application/octet-stream') return [body];
  if (type === 'multipart/form-data') return filesOf(header, body, maxImages);
  if (type === 'application/json') {
    const texts = encoded(body);
    checkNumber(texts, maxImages);
    return texts.map(fromBase64);
  }
  throw new RequestError(`expected ${FORMS}; received content type "${type}".`, 415);
}

function checkNumber({ length }: ArrayLike<unknown>, maxImages: number): void {
  if (length > maxImages)
    throw new RequestError(`expected at most ${maxImages} images a request; received ${length}.`, 413);
}

/** The files of a multipart form. Its parts are counted first: parsing 300,000 of them takes half a minute. */
async function filesOf(
  header: string,
  body: Uint8Array<ArrayBuffer>,
  maxImages: number,
): Promise<Uint8Array[]> {
  const most = maxImages + MOST_OTHER_PARTS;
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(header) ?? [];
  if (count(body, `--${quoted ?? bare}`, most + 2) > most + 1)
    throw new RequestError(`expected at most ${most} parts of a form; received more.`, 413);
  const form = await new Response(body, { headers: { 'content-type': header } }).formData().catch(() => {
    throw new RequestError(`expected ${FORMS}; the multipart form can't be read.`);
  });
  const files = [...form.values()].filter((value) => value instanceof File);
  return Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
}

/** How often a text comes in bytes, up to a limit. */
function count({ buffer, byteOffset, length }: Uint8Array, text: string, limit: number): number {
  const bytes = Buffer.from(buffer, byteOffset, length);
  let found = 0;
  for (let at = bytes.indexOf(text); at >= 0 && found < limit; at = bytes.indexOf(text, at + text.length))
    found += 1;
  return found;
}

function encoded(body: Uint8Array): string[] {
  const { image, images } = (parsed(body) ?? {}) as { image?: unknown; images?: unknown };
  const all = image === undefined ? images : [image];
  if (Array.isArray(all) && all.every((one) => typeof one === 'string')) return all;
  throw new RequestError(`expected ${FORMS}; received other JSON.`);
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new RequestError(`expected ${FORMS}; the JSON can't be read.`);
  }
}

function fromBase64(text: string): Uint8Array {
  const bare = text.replace(/^data:[^,]*,/, '');
  if (!/^[\w+/-]*={0,2}$/.test(bare))
    throw new RequestError('expected images in base64; received other characters.');
  return Buffer.from(bare, 'base64');
}
