// Measures how a training at 112×112 blocks a page, in a worker and in the page's own thread: `npx pnpm bench page`
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright';
import { findChromium } from '../../tools/browser/find-chromium';
import { table, writePage } from '../write-results';
import type { PageCase, PageFigures, SeenFigures } from './measures';

const CASES: readonly PageCase[] = [
  { network: 'face_resnet', thread: 'worker', images: 48 },
  { network: 'mobilenet_v2', thread: 'worker', images: 48 },
  { network: 'mobilenet_v2', thread: 'page', images: 16 },
];

const { resolve } = createRequire(join(import.meta.dirname, '../../packages/backends/package.json'));
const wasmFolder = join(dirname(resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');

/** Serves the bundled page, its worker and the .wasm files. The page is isolated, so that wasm can use threads. */
async function serve(folder: string) {
  const server = createServer(({ url = '/' }, response) => {
    const name = basename(new URL(url, 'http://a').pathname);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    try {
      if (name === 'favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      if (name === '') {
        response.setHeader('content-type', 'text/html');
        response.end('<!doctype html><title>Thaw</title><script type="module" src="/page.js"></script>');
        return;
      }
      response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : 'application/wasm');
      response.end(readFileSync(join(name.endsWith('.wasm') ? wasmFolder : folder, name)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** The task's time on the processor, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The longest task of the page's thread by its time on the processor, which other programs on the machine don't
 * lengthen.
 */
function longestTaskOnProcessor(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const key = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(key),
  );
  const tasks = traceEvents.filter((event) => /RunTask$/.test(event.name) && pages.has(key(event)));
  return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0);
}

async function figuresOf(browser: Browser, url: string, one: PageCase): Promise<PageFigures> {
  const page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  page.on('pageerror', (error) => console.error(error));
  try {
    await page.goto(url);
    await page.waitForFunction(() => 'measured' in window);
    await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
    const figures = await page.evaluate((given) => {
      const { measured } = window as unknown as { measured(one: PageCase): Promise<SeenFigures> };
      return measured(given);
    }, one);
    return { ...figures, longestCpuMs: longestTaskOnProcessor(await browser.stopTracing()) };
  } finally {
    await page.close();
  }
}

const executablePath = findChromium();
if (!executablePath) throw new Error('bench page: expected a Chromium; set CHROMIUM_PATH.');
const folder = mkdtempSync(join(tmpdir(), 'thaw-page-'));
try {
  await build({
    entryPoints: ['page.ts', 'training.worker.ts'].map((file) => join(import.meta.dirname, file)),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: folder,
    logLevel: 'error',
  });
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath });
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const rows: (PageCase & PageFigures)[] = [];
    for (const one of CASES) {
      rows.push({ ...one, ...(await figuresOf(browser, url, one)) });
      console.log(JSON.stringify(rows.at(-1)));
    }
    const cells = rows.map((row) => [
      row.network,
      row.thread,
      String(row.images),
      String(row.longTasks),
      row.longestTaskMs.toFixed(0),
      row.longestCpuMs.toFixed(0),
      row.longestWaitMs.toFixed(0),
      row.seconds.toFixed(1),
    ]);
    writePage({
      name: 'page',
      title: 'A page while it trains',
      versions: { chromium: browser.version(), tfjs: '4.22.0' },
      data: rows,
      table: table([
        [
          'network',
          'trains in',
          'images',
          'tasks over 50 ms',
          'longest task, ms',
          'of it on the processor, ms',
          'a timer late by, ms',
          'seconds',
        ],
        ...cells,
      ]),
      notes:
        'An epoch of the head and one of all layers at 112×112, in batches of 8, on wasm with threads, then an evaluation and the\n' +
        "saved model's bytes; images are drawn PNG files. Tasks are those of the page's thread: PerformanceObserver's longtask, by\n" +
        "the clock, and the longest by its time on the processor, from Chromium's trace. On a busy machine the two differ.",
    });
    const blocked = rows.filter(({ thread, longestCpuMs }) => thread === 'worker' && longestCpuMs > 50);
    if (blocked.length > 0) process.exitCode = 1;
  } finally {
    await browser.close();
    server.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
