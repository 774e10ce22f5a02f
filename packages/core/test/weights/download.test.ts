import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { download } from '../../src/weights/download';
import { DownloadError } from '../../src/weights/errors';
import type { TransferProgress } from '../../src/weights/transfer';

const content = new Uint8Array(300_000).map((_, i) => (i * 7919) % 251);
const md5 = createHash('md5').update(content).digest('hex');
const sha256 = createHash('sha256').update(content).digest('hex');

const isContent = (bytes: Uint8Array) => Buffer.compare(bytes, content) === 0;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let url: string;
let cacheDir: string;
let asked: IncomingMessage[];
let answers: Answer[];
let unfinished: ServerResponse | undefined;

beforeEach(async () => {
  [asked, answers, unfinished] = [[], [], undefined];
  server = createServer((request, response) => {
    asked.push(request);
    (answers.length > 1 ? answers.shift()! : (answers[0] ?? whole))(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/weights.h5`;
  cacheDir = mkdtempSync(path.join(os.tmpdir(), 'thaw-download-'));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(cacheDir, { recursive: true, force: true });
});

const options = () => ({
  cacheDir,
  retryDelayMs: 1,
  onProgress: ({ receivedBytes }: TransferProgress) => void (receivedBytes > 0 && unfinished?.destroy()),
});

/** A server that knows ranges. */
const whole: Answer = ({ headers }, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  if (start >= content.length) return void response.writeHead(416).end();
  response.writeHead(start > 0 ? 206 : 200, {
    etag: '"v1"',
    'content-length': content.length - start,
    ...(start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
  });
  response.end(content.subarray(start));
};

/** Answers with the whole length, and breaks off when some of it has come. */
const breaksOff: Answer = (_, response) => {
  response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
  response.write(content.subarray(0, 100_000));
  unfinished = response;
};

const status =
  (code: number): Answer =>
  (_, response) =>
    void response.writeHead(code).end();

test.each([[{ md5 }], [{ sha256 }], [{ sha256: sha256.toUpperCase() }]])(
  'gives the bytes and keeps the file: %o',
  async (checksum) => {
    expect(isContent(await download(url, checksum, options()))).toBe(true);
    expect(readdirSync(cacheDir)).toEqual(['weights.h5']);
    expect(isContent(await download(url, checksum, options()))).toBe(true);
    expect(asked).toHaveLength(1);
  },
);

test('tells how far it is', async () => {
  const progress: TransferProgress[] = [];
  await download(url, { md5 }, { ...options(), onProgress: (p) => progress.push(p) });
  expect(progress[0]).toEqual({ url, receivedBytes: 0, totalBytes: 300_000 });
  expect(progress.at(-1)).toEqual({ url, receivedBytes: 300_000, totalBytes: 300_000 });
  const received = progress.map((p) => p.receivedBytes);
  expect(received).toEqual([...received].sort((a, b) => a - b));
});

test('a damaged file in the cache is downloaded again', async () => {
  writeFileSync(path.join(cacheDir, 'weights.h5'), content.subarray(0, 1000));
  await download(url, { md5 }, options());
  expect(isContent(readFileSync(path.join(cacheDir, 'weights.h5')))).toBe(true);
});

test("another program's copy is used where its checksum fits", async () => {
  const [stale, good] = [path.join(cacheDir, 'stale'), path.join(cacheDir, 'good')];
  writeFileSync(stale, 'x');
  writeFileSync(good, content);
  const otherCopies = [path.join(cacheDir, 'nowhere'), stale, good];
  expect(isContent(await download(url, { md5 }, { ...options(), otherCopies }))).toBe(true);
  expect(asked).toHaveLength(0);
});

test.each([
  ['Keras', 'KERAS_HOME', 'models'],
  ['PyTorch', 'TORCH_HOME', 'hub/checkpoints'],
])('a file that %s has downloaded is used where its checksum fits', async (_, variable, folder) => {
  const home = path.join(cacheDir, variable);
  mkdirSync(path.join(home, folder), { recursive: true });
  writeFileSync(path.join(home, folder, path.basename(url)), content);
  vi.stubEnv(variable, home);
  try {
    expect(isContent(await download(url, { md5 }, options()))).toBe(true);
  } finally {
    vi.unstubAllEnvs();
  }
  expect(asked).toHaveLength(0);
});

test('a user without a home folder downloads into a given folder', async () => {
  vi.stubEnv('XDG_CACHE_HOME', '');
  const homedir = vi.spyOn(os, 'homedir').mockImplementation(() => {
    throw Object.assign(new Error('uv_os_homedir returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
  });
  try {
    expect(isContent(await download(url, { md5 }, options()))).toBe(true);
    expect(homedir).toHaveBeenCalled();
  } finally {
    homedir.mockRestore();
    vi.unstubAllEnvs();
  }
});

test('a connection that breaks goes on where it broke off', async () => {
  answers = [breaksOff, whole];
  expect(isContent(await download(url, { md5 }, options()))).toBe(true);
  expect(asked[1].headers.range).toMatch(/^bytes=[1-9]\d*-$/);
  expect(asked[1].headers['if-range']).toBe('"v1"');
});

test('a server without ranges is asked for all of it again', async () => {
  answers = [breaksOff, (_, response) => void response.end(content)];
  expect(isContent(await download(url, { md5 }, options()))).toBe(true);
});

test('what one call left, the next goes on with', async () => {
  answers = [breaksOff];
  await expect(download(url, { md5 }, { ...options(), retries: 0 })).rejects.toThrow(DownloadError);
  expect(readdirSync(cacheDir)).toEqual(['weights.h5.part']);
  const { size } = statSync(path.join(cacheDir, 'weights.h5.part'));
  expect(size).toBeGreaterThan(0);
  answers = [whole];
  expect(isContent(await download(url, { md5 }, options()))).toBe(true);
  expect(asked[1].headers.range).toBe(`bytes=${size}-`);
  expect(readdirSync(cacheDir)).toEqual(['weights.h5']);
});

test('what a killed process left is taken over, what a living one has is not', async () => {
  const host = os.hostname().replace(/[^\w.]/g, '_');
  const living = path.join(cacheDir, `weights.h5.${host}-${process.ppid}-0.part`);
  writeFileSync(living, 'not ours');
  writeFileSync(path.join(cacheDir, `weights.h5.${host}-99999999-0.part`), content.subarray(0, 50_000));
  await download(url, { md5 }, options());
  expect(asked.map(({ headers }) => headers.range)).toEqual(['bytes=50000-']);
  expect(readdirSync(cacheDir).sort()).toEqual(['weights.h5', path.basename(living)]);
});

test('a part that is a link is removed, and the file that it leads to stays as it is', async () => {
  const precious = path.join(cacheDir, 'thesis.tex');
  writeFileSync(precious, 'mine');
  symlinkSync(precious, path.join(cacheDir, 'weights.h5.part'));
  expect(isContent(await download(url, { sha256 }, options()))).toBe(true);
  expect(readFileSync(precious, 'utf8')).toBe('mine');
  expect(readdirSync(cacheDir).sort()).toEqual(['thesis.tex', 'weights.h5']);
});

test.each<[string, Uint8Array]>([
  ['of another file', new Uint8Array(1000)],
  ['longer than the file', new Uint8Array(400_000)],
  ['the whole file', content],
])('a part that is %s does no harm', async (_, part) => {
  writeFileSync(path.join(cacheDir, 'weights.h5.part'), part);
  expect(isContent(await download(url, { md5 }, options()))).toBe(true);
  expect(readdirSync(cacheDir)).toEqual(['weights.h5']);
});

test.each([408, 429, 500, 503])('an answer of %d is tried again', async (code) => {
  answers = [status(code), status(code), whole];
  expect(isContent(await download(url, { md5 }, options()))).toBe(true);
  expect(asked).toHaveLength(3);
});

test('a server that says nothing is tried again', async () => {
  answers = [() => {}, whole];
  expect(isContent(await download(url, { md5 }, { ...options(), timeoutMs: 1000 }))).toBe(true);
});

test('a fetch that never settles, although it was aborted, is given up and tried again', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch').mockReturnValueOnce(new Promise(() => {}));
  expect(isContent(await download(url, { md5 }, { ...options(), timeoutMs: 1000 }))).toBe(true);
  expect(fetched.mock.calls[0][1]?.signal?.aborted).toBe(true);
  expect(asked).toHaveLength(1);
  fetched.mockRestore();
});

test('after the last attempt, the error says how many there were and what happened', async () => {
  answers = [status(503)];
  const load = download(url, { md5 }, { ...options(), retries: 2 });
  await expect(load).rejects.toThrow(DownloadError);
  await expect(load).rejects.toThrow(
    "can't be downloaded after 3 attempts: the server answered 503 Service Unavailable.",
  );
  await expect(load).rejects.toMatchObject({ url, code: 'ERR_DOWNLOAD' });
  expect(readdirSync(cacheDir)).toEqual([]);
});

test.each<[string, Answer, string]>([
  ['404', status(404), 'the server answered 404 Not Found'],
  ['403', status(403), 'the server answered 403 Forbidden'],
  [
    'an HTML page',
    (_, r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    'an HTML page',
  ],
  [
    'another content',
    (_, r) => void r.end('something else'),
    `the 14 bytes that came don't have the md5 ${md5}, and were deleted`,
  ],
])('%s fails at once, says how to get the file by hand, and leaves nothing', async (_, answer, message) => {
  answers = [answer];
  const load = download(url, { md5 }, options());
  await expect(load).rejects.toThrow(DownloadError);
  await expect(load).rejects.toThrow(message);
  await expect(load).rejects.toThrow(
    `save it as ${path.join(cacheDir, 'weights.h5')}, or pass its path as \`weights\``,
  );
  expect(asked).toHaveLength(1);
  expect(readdirSync(cacheDir)).toEqual([]);
});

test.each([
  ['a refused connection', () => url, 'ECONNREFUSED'],
  ['an unknown host', () => 'http://weights.invalid/weights.h5', 'weights.invalid'],
])(
  '%s fails at once',
  async (_, nowhere, reason) => {
    // With the default delays, five attempts would take longer than this test may.
    await new Promise((resolve) => server.close(resolve));
    const load = download(nowhere(), { md5 }, { cacheDir });
    await expect(load).rejects.toThrow(DownloadError);
    await expect(load).rejects.toThrow(reason);
    await expect(load).rejects.toThrow('download it by hand');
  },
  5000,
);

test('an address that is none is refused', async () => {
  const load = download('weights.h5', { md5 }, options());
  await expect(load).rejects.toThrow(DownloadError);
  await expect(load).rejects.toThrow('download: expected a URL; received "weights.h5".');
});

test('it can be cancelled, and what came is left for the next call', async () => {
  answers = [
    (_, response) =>
      void response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 100_000)),
  ];
  const controller = new AbortController();
  const onProgress = ({ receivedBytes }: TransferProgress) => receivedBytes > 0 && controller.abort('enough');
  const load = download(url, { md5 }, { ...options(), signal: controller.signal, onProgress });
  await expect(load).rejects.toMatchObject({ code: 'ERR_DOWNLOAD', cause: 'enough' });
  expect(readdirSync(cacheDir)).toEqual(['weights.h5.part']);
});

test('a folder that is a file is named', async () => {
  const file = path.join(cacheDir, 'file');
  writeFileSync(file, '');
  const load = download(url, { md5 }, { ...options(), cacheDir: path.join(file, 'weights') });
  await expect(load).rejects.toThrow(DownloadError);
  await expect(load).rejects.toThrow(`can't be saved in ${path.join(file, 'weights')}`);
  await expect(load).rejects.toThrow(/set XDG_CACHE_HOME to another folder, or pass `cacheDir`\.$/);
});

test.runIf(existsSync('/dev/full'))('a full disk is named', async () => {
  // Every write to /dev/full fails with ENOSPC, as on a full disk.
  const { openPartFile } = await import('../../src/weights/part-file');
  const { nodeModules } = await import('../../src/platform/node');
  const node = nodeModules()!;
  const open: typeof node.fs.promises.open = (_, flags) => node.fs.promises.open('/dev/full', flags);
  const fs = { ...node.fs, promises: { ...node.fs.promises, open } };
  const part = await openPartFile({ ...node, fs }, path.join(cacheDir, 'weights.h5'), url);
  await expect(part.write(content)).rejects.toThrow(DownloadError);
  await expect(part.write(content)).rejects.toThrow(
    `can't be saved in ${cacheDir}: there is no room left on the disk`,
  );
  await part.close();
});

test('several calls at once, in this process and in others, all get the file', async () => {
  const core = fileURLToPath(new URL('../../', import.meta.url));
  const program = `import { download } from './src/weights/download';
    const bytes = await download('${url}', { md5: '${md5}' }, { cacheDir: ${JSON.stringify(cacheDir)} });
    console.log(bytes.length);`;
  const tsx = path.join(core, '../../node_modules/.bin/tsx');
  const others = [1, 2].map(() =>
    promisify(execFile)(tsx, ['--input-type=module', '--eval', program], { cwd: core }),
  );
  const ours = [1, 2, 3].map(() => download(url, { md5 }, options()));
  for (const bytes of await Promise.all(ours)) expect(isContent(bytes)).toBe(true);
  for (const { stdout } of await Promise.all(others)) expect(stdout.trim()).toBe('300000');
  expect(readdirSync(cacheDir)).toEqual(['weights.h5']);
});

test('in a browser there are no files: the bytes are fetched and checked, by MD5 too', async () => {
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined });
  try {
    expect(isContent(await download(url, { md5 }, options()))).toBe(true);
    expect(isContent(await download(url, { sha256 }, options()))).toBe(true);
    await expect(download(url, { md5: '0'.repeat(32) }, options())).rejects.toThrow(
      `don't have the md5 ${'0'.repeat(32)}`,
    );
  } finally {
    vi.unstubAllGlobals();
  }
  expect(readdirSync(cacheDir)).toEqual([]);
});
