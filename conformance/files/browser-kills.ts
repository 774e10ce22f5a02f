// Kills Chromium by SIGKILL while a page writes the files of a run to IndexedDB, opens it again, and checks what is there.
// Usage: tsx browser-kills.ts [--kills N] [--seed N]. Adds its counts to kills.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { random } from '../../packages/core/src/training/random';
import { findChromium } from '../../tools/browser/find-chromium';
import { addToKills } from './kill-table';

const { values: options } = parseArgs({
  options: { kills: { type: 'string', default: '40' }, seed: { type: 'string', default: '1' } },
});
const chromium = findChromium();
if (!chromium) throw new Error('expected Chromium on PATH, or CHROMIUM_PATH; found none.');
const FILES = ['recipe.json', 'history.json', 'state.bin'];
const store = join(import.meta.dirname, '../../packages/core/src/files/database-store');

/** The page's program: it says what each file holds, then writes versions 1, 2, 3 … of all files. */
const program = `
import { databaseStore } from ${JSON.stringify(store)};
const store = databaseStore('indexeddb://runs/1');
const say = (what) => fetch('/said', { method: 'POST', body: JSON.stringify(what) });
const found = [];
for (const name of ${JSON.stringify(FILES)}) {
  const bytes = await store.read(name);
  found.push(bytes && { size: bytes.length, first: bytes[0], isOne: bytes.every((byte) => byte === bytes[0]) });
}
await say({ found });
for (let version = 1; ; version++)
  for (const [i, name] of ${JSON.stringify(FILES)}.entries())
    await store.write(name, new Uint8Array(10 ** (4 + i) + version % 100).fill(version % 100));
`;
const bundled = await build({
  stdin: { contents: program, resolveDir: import.meta.dirname },
  bundle: true,
  format: 'esm',
  write: false,
});
const script = bundled.outputFiles[0].text;

type Found = ({ size: number; first: number; isOne: boolean } | null)[];
let heard: (found: Found) => void = () => {};
const server = createServer(async (request, response) => {
  if (request.url !== '/said') {
    response.setHeader('content-type', 'text/html');
    response.end(`<script type="module">${script}</script>`);
    return;
  }
  let text = '';
  for await (const chunk of request) text += chunk;
  response.end();
  heard((JSON.parse(text) as { found: Found }).found);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const next = random(Number(options.seed));
const profile = mkdtempSync(join(tmpdir(), 'thaw-browser-kills-'));
const row = { kills: 0, whole: 0, none: 0, wrong: 0, leftovers: 0 };
try {
  await killAfter(undefined);
  while (row.kills < Number(options.kills)) {
    const found = await killAfter(1500 * next());
    row.kills += 1;
    row[stateOf(found)] += 1;
    if (row.kills % 10 === 0) console.log(JSON.stringify(row));
  }
} finally {
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
addToKills(new Map([['files of a run in IndexedDB', row]]), Number(options.seed));
process.exitCode = row.wrong === 0 ? 0 : 1;

/** Opens the page, and kills the browser after it has said what it found and has written for so many milliseconds. */
async function killAfter(ms = 1000): Promise<Found> {
  const flags = ['--headless=new', '--no-sandbox', '--no-first-run', `--user-data-dir=${profile}`, url];
  const browser = spawn(chromium as string, flags, { detached: true, stdio: 'ignore' });
  const closed = once(browser, 'close');
  const found = await new Promise<Found>((resolve) => {
    heard = resolve;
  });
  await new Promise((resolve) => setTimeout(resolve, ms));
  // The whole group: Chromium keeps its databases in a process of their own.
  process.kill(-browser.pid!, 'SIGKILL');
  await closed;
  return found;
}

/** Every file must have one version as a whole: its length and each byte tell which. */
function stateOf(found: Found): 'whole' | 'none' | 'wrong' {
  if (found.every((file) => file === null)) return 'none';
  const isWhole = found.every(
    (file, i) => file === null || (file.isOne && file.size === 10 ** (4 + i) + file.first),
  );
  return isWhole ? 'whole' : 'wrong';
}
