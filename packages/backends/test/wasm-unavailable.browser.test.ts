import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test, vi } from 'vitest';
import { useBestBackend } from '../src/index';

afterEach(() => vi.restoreAllMocks());

const FILE = 'tfjs-backend-wasm-simd.wasm';
const REMEDY =
  'Pass as wasmPath a folder on your server that has the .wasm files of the installed @tensorflow/tfjs-backend-wasm ' +
  '(dist/), or leave wasmPath out.';
/** A module that needs a function "b" of "a". */
const OTHER_VERSION = '0061736d01000000' + '010401600000' + '020701016101620000';

test.each<[string, () => Promise<Response>, string]>([
  ['are not there', async () => new Response('', { status: 404 }), 'answers 404'],
  [
    'are a page, as servers of single-page sites answer for any address',
    async () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    'is no whole WebAssembly file (text/html)',
  ],
  [
    'end too early',
    async () => {
      const whole = await (await fetch(`/${FILE}?whole`)).arrayBuffer();
      return new Response(whole.slice(0, 1000), { headers: { 'content-type': 'application/wasm' } });
    },
    'is no whole WebAssembly file (application/wasm)',
  ],
  [
    'are blocked',
    () => Promise.reject(new TypeError('Failed to fetch')),
    "can't be fetched (Failed to fetch)",
  ],
])(
  'where the wasm files %s, useBestBackend takes cpu, and says why and what to pass',
  async (_, answer, why) => {
    // The wasm module and tfjs write a page about it.
    for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
    const { fetch } = globalThis;
    vi.spyOn(globalThis, 'fetch').mockImplementation((place, init) =>
      String(place).endsWith(FILE) ? answer() : fetch(place, init),
    );
    const lines: string[] = [];
    const { name } = await useBestBackend({
      prefer: ['wasm', 'cpu'],
      wasmPath: '/nowhere',
      log: (line) => lines.push(line),
    });
    expect(name).toBe('cpu');
    expect(tf.getBackend()).toBe('cpu');
    expect(lines).toEqual([`backend: cpu; no wasm backend: /nowhere/${FILE} ${why}. ${REMEDY}`]);
  },
);

test('files of another version do not keep useBestBackend waiting', async () => {
  for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
  const { fetch } = globalThis;
  const bytes = Uint8Array.from(OTHER_VERSION.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  vi.spyOn(globalThis, 'fetch').mockImplementation((place, init) =>
    String(place).endsWith(FILE) ? Promise.resolve(new Response(bytes)) : fetch(place, init),
  );
  const { name, reasons } = await useBestBackend({
    prefer: ['wasm', 'cpu'],
    wasmPath: '/nowhere',
    log: () => {},
  });
  expect(name).toBe('cpu');
  expect(reasons[0].reason).toMatch(/^its module does not start \(WebAssembly\.instantiate/);
});

test('a call with the right folder makes up for one with a wrong folder', async () => {
  await useBestBackend({ prefer: ['wasm', 'cpu'], wasmPath: '/nowhere/', log: () => {} });
  expect(tf.getBackend()).toBe('cpu');
  const { name } = await useBestBackend({ prefer: ['wasm', 'cpu'], wasmPath: '/', log: () => {} });
  expect(name).toBe('wasm');
  expect(tf.relu(tf.tensor1d([-1, 2])).dataSync()).toEqual(Float32Array.of(0, 2));
});
