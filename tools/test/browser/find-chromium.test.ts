import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../../browser/find-chromium';

/** A folder with a program of each of the names. */
function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-browser-'));
  for (const name of names) writeFileSync(join(folder, name), '', { mode: 0o755 });
  return folder;
}

describe('findChromium', () => {
  test('takes what CHROMIUM_PATH names before what is on PATH', () => {
    const folder = folderWith('chromium', 'mine');
    expect(findChromium({ PATH: folder, CHROMIUM_PATH: join(folder, 'mine') })).toBe(join(folder, 'mine'));
  });

  test('takes chromium before google-chrome, wherever on PATH they are', () => {
    const [first, second] = [folderWith('google-chrome'), folderWith('chromium')];
    expect(findChromium({ PATH: [first, second].join(delimiter) })).toBe(join(second, 'chromium'));
    expect(findChromium({ PATH: first })).toBe(join(first, 'google-chrome'));
  });

  test('passes over a folder and a file that is no program', () => {
    const folder = folderWith();
    mkdirSync(join(folder, 'chromium'));
    writeFileSync(join(folder, 'google-chrome'), '', { mode: 0o644 });
    expect(findChromium({ PATH: folder })).toBeUndefined();
  });

  test('finds nothing without PATH', () => {
    expect(findChromium({})).toBeUndefined();
  });

  test('refuses a CHROMIUM_PATH that is no program', () => {
    expect(() => findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow(
      'CHROMIUM_PATH: expected a program; received /nowhere/chromium, which is none.',
    );
  });
});
