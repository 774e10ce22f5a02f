import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publishedReferences } from '../packages/published-references';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'published-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function publish(files: Readonly<Record<string, string>>): string[] {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return publishedReferences(folder);
}

const manifest = JSON.stringify({
  name: 'whole',
  exports: { '.': { import: './dist/index.js' } },
  imports: { '#own': { node: './dist/index.js' } },
  sideEffects: ['**/register.*'],
  dependencies: { kept: '1' },
});

describe('publishedReferences', () => {
  test('has nothing against a package whose files refer to each other, to dependencies and to Node', () => {
    const code = `
      import { a } from './chunk.js';
      import 'kept/sub';
      import 'node:fs';
      import '#own';
      export * from 'whole';
      const b = await import("./chunk.js");
      new URL('./chunk.js', import.meta.url);
    `;
    expect(publish({ 'package.json': manifest, 'dist/index.js': code, 'dist/chunk.js': '' })).toEqual([]);
  });

  test.each([
    ["new URL('./worker.ts', import.meta.url)", 'refers to ./worker.ts', 'names a source file: ./worker.ts'],
    ["new URL('./worker.js', import.meta.url)", 'refers to ./worker.js'],
    ["import('./gone.js')", 'refers to ./gone.js'],
    ["require('left-out')", 'refers to left-out'],
    ["import('#left-out')", 'refers to #left-out'],
    ["export { a } from '@scope/left-out/sub'", 'refers to @scope/left-out/sub'],
    ['import(name)', 'computes what it imports: import(name)'],
    ['new URL(name, import.meta.url)', 'computes what it imports: new URL'],
    ["run('src/index.ts')", 'names a source file: src/index.ts'],
  ])('finds %s', (code, ...expected) => {
    const found = publish({ 'package.json': manifest, 'dist/index.js': code });
    expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
  });

  test('finds what package.json names and the package lacks', () => {
    const sideEffects = ['./src/index.ts'];
    const found = publish({
      'package.json': JSON.stringify({ name: 'a', main: './dist/a.js', sideEffects }),
    });
    expect(found).toEqual([
      "package.json names ./dist/a.js, which isn't published",
      "package.json names ./src/index.ts, which isn't published",
    ]);
  });

  test('finds a source map that needs files beside it', () => {
    const map = JSON.stringify({ sources: ['../src/index.ts'], mappings: '' });
    expect(publish({ 'package.json': manifest, 'dist/index.js': '', 'dist/index.js.map': map })).toEqual([
      'dist/index.js.map names sources without their text',
    ]);
  });
});
