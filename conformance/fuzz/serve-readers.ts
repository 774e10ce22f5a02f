import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { serveModel } from '../../packages/cli/src/serving/serve-model';
import { silentTerminal } from '../../packages/cli/test/thaw';
import { saveTinyModel } from '../../packages/cli/test/tiny-run';
import type { Reader } from './reader';

const BOUNDARY = '----thaw';
const PATIENCE_MS = 500;

/** Requests to `thaw serve`, as the bytes that a client sends. */
export const serveReaders: readonly Reader[] = [
  request('image', 'image/png', (png) => png),
  request('JSON', 'application/json', (png) => {
    const encoded = Buffer.from(png).toString('base64');
    return JSON.stringify({ images: [encoded, `data:image/png;base64,${encoded}`] });
  }),
  request('form', `multipart/form-data; boundary=${BOUNDARY}`, (png) =>
    Buffer.concat([
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="a"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n`,
      ),
      png,
      Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    ]),
  ),
];

function request(name: string, type: string, bodyOf: (png: Buffer) => string | Uint8Array): Reader {
  let port: Promise<number> | undefined;
  return {
    name: `cli serve ${name}`,
    share: 0.2,
    changed: /request$/,
    async sample(folder) {
      await saveTinyModel(folder);
      const pixels = { create: { width: 20, height: 20, channels: 3 as const, background: '#823' } };
      const body = Buffer.from(bodyOf(await sharp(pixels).png().toBuffer()));
      const head = `POST /predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`;
      await writeFile(join(folder, 'request'), Buffer.concat([Buffer.from(head), body]));
    },
    async read(folder) {
      port ??= listening(folder);
      return answered(await readFile(join(folder, 'request')), await port);
    },
  };
}

/** Starts a server on a free port. It runs as long as the process. */
function listening(folder: string): Promise<number> {
  const flags = {
    model: folder,
    host: '127.0.0.1',
    port: 0,
    batchSize: 8,
    maxWait: 0,
    maxQueue: 64,
    maxBytes: 1_000_000,
    maxImages: 4,
    maxPixels: 2 ** 26,
    timeout: 5000,
    backend: 'cpu',
  } as const;
  return new Promise((resolve, reject) => {
    const print = (text: string) => resolve(Number(text.split(':').at(-1)));
    serveModel(flags, { ...silentTerminal(), print }).catch(reject);
  });
}

/** @throws an error with a code for a refused request; one without a code for a failed server. */
async function answered(bytes: Uint8Array, port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('error', () => {});
  socket.write(bytes);
  // The server waits for the rest of an incomplete request, so the connection is closed here.
  const hangUp = setTimeout(() => socket.end(), PATIENCE_MS);
  await once(socket, 'close');
  clearTimeout(hangUp);
  const answer = Buffer.concat(parts).toString();
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
  if (status === 200) return answer.slice(answer.indexOf('\r\n\r\n'));
  const refused = { name: 'RefusedError', code: `ERR_STATUS_${status}` };
  throw Object.assign(new Error(answer.slice(0, 500)), status >= 500 ? {} : refused);
}
