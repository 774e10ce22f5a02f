import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { payload } from './writers';

/** Serves both payloads in pieces, so that a kill can happen during a download. */
export async function payloadServer(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(({ url = '' }, response) => {
    const bytes = payload(Number(/weights-(\d)/.exec(url)?.[1]));
    response.setHeader('content-length', bytes.length);
    for (let at = 0; at < bytes.length; at += 20_000) {
      setTimeout(() => response.write(bytes.subarray(at, at + 20_000)), at / 10_000);
    }
    setTimeout(() => response.end(), bytes.length / 10_000 + 2);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
