import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nativeFault } from '../../src/native/native-manifest';

let cache: string;
let folder: string;
const machine = `${process.platform}-${process.arch}`;

function writeManifest(changes: Readonly<Record<string, unknown>> = {}): void {
  const manifest = {
    format: 1,
    tensorflow: '9.9.9',
    platform: machine,
    files: [{ path: 'tfjs_binding.node', size: 5, sha256: '' }],
    libraries: [{ path: '../../tensorflow/libtensorflow.so', size: 7, sha256: '' }],
    ...changes,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'thaw-manifest-'));
  folder = join(cache, 'native', 'one');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(cache, 'tensorflow'));
  writeFileSync(join(folder, 'tfjs_binding.node'), 'addon');
  writeFileSync(join(cache, 'tensorflow', 'libtensorflow.so'), 'library');
  writeManifest();
});
afterEach(() => rmSync(cache, { recursive: true }));

describe('nativeFault', () => {
  it('has nothing against a folder whose files have the sizes that they were written with', () => {
    expect(nativeFault(folder)).toBeUndefined();
  });

  it.each([
    ['no folder', () => rmSync(folder, { recursive: true }), 'it is not set up'],
    ['no manifest', () => rmSync(join(folder, 'manifest.json')), 'it is not set up'],
    [
      'an empty manifest',
      () => writeFileSync(join(folder, 'manifest.json'), ''),
      'manifest.json is damaged (',
    ],
    [
      'a manifest of null',
      () => writeFileSync(join(folder, 'manifest.json'), 'null'),
      'manifest.json is damaged (',
    ],
    ['a manifest without files', () => writeManifest({ files: undefined }), 'manifest.json is damaged ('],
    ['half an addon', () => truncateSync(join(folder, 'tfjs_binding.node'), 2), 'is damaged (2 bytes of 5)'],
    ['no addon', () => rmSync(join(folder, 'tfjs_binding.node')), 'tfjs_binding.node is gone'],
    ['no library', () => rmSync(join(cache, 'tensorflow'), { recursive: true }), 'libtensorflow.so is gone'],
    [
      'a folder where the manifest should be',
      () => {
        rmSync(join(folder, 'manifest.json'));
        mkdirSync(join(folder, 'manifest.json'));
      },
      'cannot be read (EISDIR',
    ],
    [
      'an addon of another machine',
      () => writeManifest({ platform: 'sunos-sparc' }),
      `was built for sunos-sparc, and this machine is ${machine}`,
    ],
  ])('says in one clause what is wrong with %s', (_, damage, reason) => {
    damage();
    expect(nativeFault(folder)).toContain(reason);
    expect(nativeFault(folder)).not.toContain('\n');
  });
});
