import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { upwardImports } from '../folders/upward-imports';

let sources: string;
beforeEach(() => {
  sources = mkdtempSync(join(tmpdir(), 'thaw-folders-'));
});
afterEach(() => rmSync(sources, { recursive: true }));

const FOLDERS = ['low', 'middle', 'high'];

test.each([
  ['a value from a lower folder', { 'high/a.ts': `import { b } from '../low/b';` }, []],
  ['a value from its own folder', { 'low/a.ts': `import { b } from './inner/b';` }, []],
  ['a file of no folder', { 'middle/a.ts': `import { b } from '../b';` }, []],
  ['a package', { 'low/a.ts': `import { b } from 'high';` }, []],
  ['anything in index.ts', { 'index.ts': `export { a } from './high/a';` }, []],
  [
    'a value from a higher folder',
    { 'low/a.ts': `import { b } from '../high/b';` },
    ['low/a.ts imports high/b, which is higher'],
  ],
  [
    'a type from a higher folder, out of a folder within',
    { 'low/inner/a.ts': `import type { B } from '../../middle/b';` },
    ['low/inner/a.ts imports middle/b, which is higher'],
  ],
  [
    'a higher folder, on use',
    { 'middle/a.ts': `export const a = () => import('../high/b');` },
    ['middle/a.ts imports high/b, which is higher'],
  ],
  [
    'an exported name of a higher folder',
    { 'low/a.ts': `export { b } from '../middle/b';` },
    ['low/a.ts imports middle/b, which is higher'],
  ],
  [
    'a folder, in a file of no folder',
    { 'a.ts': `import { b } from './middle/b'; import { c } from './low/c';` },
    ['a.ts imports middle/b, which is higher'],
  ],
])('%s', (_, files: Readonly<Record<string, string | undefined>>, problems) => {
  for (const [file, content = ''] of Object.entries(files)) {
    mkdirSync(dirname(join(sources, file)), { recursive: true });
    writeFileSync(join(sources, file), content);
  }
  expect(upwardImports(sources, FOLDERS)).toEqual(problems);
});
