import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import picocolors from 'picocolors';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runThaw } from '../src/run-thaw';
import { EXIT } from '../src/terminal/exit-code';
import { Interruption } from '../src/terminal/interrupt-signal';
import { silentTerminal, thaw } from './thaw';
import { drawImages, saveTinyModel } from './tiny-run';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-serve-'));
  await drawImages(folder, 2);
  await saveTinyModel(folder);
});
afterAll(() => rm(folder, { recursive: true }));

/** A server in this process: its address, and what ends it and gives its exit code. */
async function serving(...flags: string[]) {
  const ending = new AbortController();
  const notes: string[] = [];
  let listening: (url: URL) => void = () => {};
  const address = new Promise<URL>((resolve) => {
    listening = resolve;
  });
  const ended = runThaw(['serve', '--model', folder, '--backend', 'cpu', '--port', '0', ...flags], {
    ...silentTerminal(),
    print: (text) => listening(new URL(text.replace('listening on ', ''))),
    note: (text) => notes.push(text),
    signal: ending.signal,
  });
  const end = () => {
    ending.abort(new Interruption(EXIT.terminated));
    return ended;
  };
  return { address: await address, notes, end };
}

it('thaw serve hangs up on clients that send a request too slowly', async () => {
  const { address, end } = await serving('--timeout', '200');
  const slow = connect(Number(address.port), address.hostname);
  slow.write('POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: 9\r\nX-A');
  slow.resume();
  await once(slow, 'close');
  expect(await end()).toBe(0);
});

it('thaw serve ends although a client is in the middle of a request', async () => {
  const { address, end } = await serving();
  const slow = connect(Number(address.port), address.hostname);
  slow.on('error', () => {});
  slow.write('POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\nabc');
  await once(slow, 'connect');
  expect(await end()).toBe(0);
});

it('thaw serve says nothing of a client that hangs up in the middle of its request', async () => {
  const { address, notes, end } = await serving();
  const gone = connect(Number(address.port), address.hostname);
  gone.on('error', () => {});
  gone.write('POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\nabc');
  await once(gone, 'connect');
  // The request has arrived once a later one is answered.
  expect((await fetch(new URL('/health', address))).status).toBe(200);
  gone.resetAndDestroy();
  const metrics = async () => (await fetch(new URL('/metrics', address))).text();
  await vi.waitFor(async () => expect(await metrics()).toContain('{route="/predict",status="400"} 1'));
  expect(await end()).toBe(0);
  expect(notes).toEqual([
    'backend: cpu',
    'Stopping: the requests that wait are answered first. Ctrl-C again ends at once.',
  ]);
});

it('thaw serve refuses an image with more pixels than --max-pixels, by name', async () => {
  const { address, end } = await serving('--max-pixels', '1000');
  const body = await readFile(join(folder, 'images', '0.png'));
  const answer = await fetch(new URL('/predict', address), {
    method: 'POST',
    body,
    headers: { 'content-type': 'image/png' },
  });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toEqual({
    error: expect.stringMatching(/expected at most 1,000 pixels .*; received 40×36/),
  });
  expect(await end()).toBe(0);
});

it('thaw serve says which port is taken', async () => {
  const { address, end } = await serving();
  const second = await thaw('serve', '--model', folder, '--backend', 'cpu', '--port', address.port);
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/SystemError: listen EADDRINUSE.*Another program listens there/);
  await end();
});

it('thaw serve answers over HTTP what thaw predict says, and ends well on SIGTERM', async () => {
  const ending = new AbortController();
  const notes: string[] = [];
  let listening: (url: string) => void = () => {};
  const address = new Promise<string>((resolve) => {
    listening = resolve;
  });
  const ended = runThaw(['serve', '--model', folder, '--backend', 'cpu', '--port', '0'], {
    print: (text) => listening(text.replace('listening on ', '')),
    note: (text) => notes.push(text),
    colours: picocolors.createColors(false),
    signal: ending.signal,
  });
  const url = await address;
  const image = join(folder, 'images', '0.png');
  const body = await readFile(image);
  const answer = await fetch(`${url}/predict`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'image/png' },
  });
  const { predictions } = (await answer.json()) as {
    predictions: { label: string; probability: number }[][];
  };
  const predicted = JSON.parse(
    (await thaw('predict', image, '--model', folder, '--backend', 'cpu', '--json')).stdout,
  );
  expect(predictions[0].map(({ label }) => label)).toEqual(
    predicted.labels.map(({ label }: { label: string }) => label),
  );
  expect(predictions[0][0].probability).toBeCloseTo(predicted.labels[0].probability, 6);
  const refused = await fetch(`${url}/predict`, {
    method: 'POST',
    body: 'none',
    headers: { 'content-type': 'image/png' },
  });
  expect(refused.status).toBe(422);
  ending.abort(new Interruption(EXIT.terminated));
  expect(await ended).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});
