import type { MiddlewareHandler } from 'hono';
import { RequestError } from '../errors';

/** What the bodies of requests may take of the memory. */
export interface BodyLimits {
  /** The most bytes of one body. */
  readonly maxBytes: number;
  /** The most bytes of all bodies that are being received or answered. */
  readonly maxHeldBytes: number;
}

/** What `readBody` gives the handlers behind it. */
export interface ReceivedBody {
  readonly Variables: { readonly body: Uint8Array<ArrayBuffer> };
}

/**
 * Reads the body of each request into `context.var.body`. Many large requests at a time would otherwise fill the memory,
 * however few may wait for a batch. Bytes count as they arrive, so that clients which only announce a large body take nothing.
 *
 * @throws RequestError 413 for a body that is too large, 503 while all bodies together are
 */
export function readBody({ maxBytes, maxHeldBytes }: BodyLimits): MiddlewareHandler<ReceivedBody> {
  const tooLarge = () => new RequestError(`expected at most ${maxBytes} bytes; the request has more.`, 413);
  let held = 0;
  return async (context, next) => {
    if (Number(context.req.header('content-length')) > maxBytes) throw tooLarge();
    const chunks: Uint8Array[] = [];
    let received = 0;
    try {
      for await (const chunk of context.req.raw.body ?? []) {
        received += chunk.length;
        held += chunk.length;
        if (received > maxBytes) throw tooLarge();
        if (held > maxHeldBytes)
          throw new RequestError('too many large requests are being answered. Try again later.', 503);
        chunks.push(chunk);
      }
      context.set('body', joined(chunks, received));
      await next();
    } finally {
      held -= received;
    }
  };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
