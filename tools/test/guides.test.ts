import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backboneRecords } from '../../packages/core/src/backbones/backbone-records';
import { type Example, extractExamples } from '../examples/extract-examples';
import { typecheckBlocks } from '../examples/typecheck-blocks';

const root = join(import.meta.dirname, '../..');
// This folder depends on every package except the command line.
const folder = 'examples/celeba-resnet50';

const pages = [
  'README.md',
  ...['docs', 'docs/guides'].flatMap((path) =>
    readdirSync(join(root, path)).map((name) => `${path}/${name}`),
  ),
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
].filter((path) => path.endsWith('.md') && existsSync(join(root, path)));
const blocks = pages.flatMap((page) => extractExamples(root, page, 'no-run'));

const guides = pages.filter((page) => page.startsWith('docs/'));

const block = (code: string): Example => ({ file: 'page.md', line: 10, code });

describe('the blocks of the guides and READMEs that are not run', () => {
  test('typecheck against the packages as they are', () => {
    expect(blocks.length).toBeGreaterThan(20);
    expect(typecheckBlocks(root, folder, blocks)).toEqual([]);
  });

  test('would be refused for a name, an option or a result that is gone', () => {
    const wrong = [
      block('await finetune(model, { train });'),
      block('const run = await fineTune(model, {\n  train,\n  epoch: 3,\n});'),
      block('console.log((await model.classify(file))[0]?.score);'),
      block('import { load } from "@thawjs/core";\nconst again = await load(folder);'),
    ];
    expect(typecheckBlocks(root, folder, wrong).map((line) => line.split(': ')[0])).toEqual([
      'page.md:10',
      'page.md:12',
      'page.md:10',
    ]);
  });
});

describe('the pages of the site', () => {
  const read = (page: string) => readFileSync(join(root, page), 'utf8');

  test.each([
    ['deploy', 'serving'],
    ['deploy', 'shipping'],
    ['browser', 'browser'],
    ['own data', 'own-data'],
    ['mobilenet', 'choosing-a-backbone'],
    ['threshold', 'imbalance-and-thresholds'],
  ])('%s is in a heading of %s', (term, name) => {
    const headings = read(`docs/guides/${name}.md`).match(/^#+ .*$/gm) ?? [];
    expect(headings.join('\n').toLowerCase()).toContain(term);
  });

  test('and the READMEs name networks that there are', () => {
    // `face` is faceResnet() on the command line.
    const known = new Set(['face', 'resnet50', ...backboneRecords.map(({ name }) => name)]);
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/(?:backbone\('|--backbone |backbone: ["'])([a-z]\w*)/g)].map(
        ([, name]) => `${page}: ${name}`,
      ),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((one) => !known.has(one.split(': ')[1]))).toEqual([]);
  });

  test('are all in the sidebar', () => {
    const config = read('docs/.vitepress/config.ts');
    const links = guides.map((page) => page.replace(/^docs|\.md$/g, '')).filter((link) => link !== '/index');
    expect(links.filter((link) => !config.includes(`'${link}'`))).toEqual([]);
  });

  test('have lines of at most 100 characters, but for tables and what stands before the text', () => {
    const long = guides.flatMap((page) =>
      read(page)
        .replace(/^---\n.*?\n---\n/s, '')
        .split('\n')
        .filter((line) => line.length > 100 && !line.startsWith('|'))
        .map((line) => `${page}: ${line}`),
    );
    expect(long).toEqual([]);
  });
});
