import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);

describe.each(folders)('%s/package.json', (folder) => {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

  test('says where the sources lie, where to read on and where to report a bug', () => {
    // npm refuses provenance if the repository isn't the one that a release was built from.
    expect(manifest.repository).toEqual({
      type: 'git',
      url: 'git+https://github.com/thawjs/thaw.git',
      directory: folder,
    });
    expect(manifest.homepage).toBe(`https://github.com/thawjs/thaw/tree/main/${folder}#readme`);
    expect(manifest.bugs).toBe('https://github.com/thawjs/thaw/issues');
  });

  test('has at least five keywords, each once', () => {
    expect(manifest.keywords.length).toBeGreaterThanOrEqual(5);
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords.length);
  });
});
