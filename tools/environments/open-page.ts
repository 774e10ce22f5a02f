import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from '../browser/find-chromium';
import type { Outcome } from './environment';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
const TIME_LIMIT_MS = 120_000;

/** Serves a folder like a plain web server, opens its index.html in Chromium, and waits for the outcome. */
export async function openFolder(folder: string): Promise<Outcome> {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = normalize(new URL(url, 'http://a').pathname).replace(/\/$/, '/index.html');
    try {
      const bytes = await readFile(join(folder, path));
      response
        .writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
        .end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    return await openPage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
  }
}

/** Opens a page in Chromium, and waits for the outcome that it stores on its window. */
export async function openPage(url: string): Promise<Outcome> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('there is no Chromium: set CHROMIUM_PATH');
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('requestfailed', (request) => faults.push(`${request.url()}: ${request.failure()?.errorText}`));
    await page.goto(url);
    try {
      const outcome = await page.waitForFunction('window.outcome', undefined, { timeout: TIME_LIMIT_MS });
      return (await outcome.jsonValue()) as Outcome;
    } catch (cause) {
      throw new Error(`the page ended without an outcome: ${faults.join('; ')}`, { cause });
    }
  } finally {
    await browser.close();
  }
}
