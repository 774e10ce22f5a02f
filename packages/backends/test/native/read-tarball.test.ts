import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTarball } from '../../src/native/read-tarball';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-tarball-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A folder as the system's tar packs it. */
function pack(files: Readonly<Record<string, string>>): Buffer {
  mkdirSync(join(folder, 'package', 'inner'), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, 'package', path), text);
  execFileSync('tar', ['czf', 'it.tgz', 'package'], { cwd: folder });
  return readFileSync(join(folder, 'it.tgz'));
}

const asText = (files: ReadonlyMap<string, Uint8Array>) =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));

describe('readTarball', () => {
  it('gives the files of a tarball by path, without the folder around them', async () => {
    const files = { 'a.js': 'a', 'inner/b.js': 'x'.repeat(1025), 'empty.js': '' };
    expect(asText(await readTarball(pack(files)))).toEqual(files);
  });

  it('leaves out links', async () => {
    const before = pack({ 'a.js': 'a' });
    symlinkSync('/etc/passwd', join(folder, 'package', 'link.js'));
    expect(pack({ 'a.js': 'a' })).not.toEqual(before);
    expect([...(await readTarball(pack({ 'a.js': 'a' }))).keys()]).toEqual(['a.js']);
  });

  it.each([
    ['no gzip file', () => Buffer.from('<!doctype html>'), 'incorrect header check'],
    ['no tar archive', () => gzipSync('x'.repeat(600)), 'it is no tar archive'],
    ['cut off', (whole: Buffer) => gzipSync(gunzipSync(whole).subarray(0, 1500)), 'it ends too early'],
    ['a bomb', () => gzipSync(Buffer.alloc(70_000_000, 'x')), 'larger than'],
  ])('refuses a file that is %s', async (_, damage, message) => {
    const whole = pack({ 'a.js': 'a'.repeat(5000) });
    await expect(readTarball(damage(whole))).rejects.toThrow(message);
  });
});
