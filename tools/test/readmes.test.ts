import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReadme } from '../readmes/read-readme';
import { type RequiredPeers, readmeProblems } from '../readmes/readme-problems';

const root = join(import.meta.dirname, '../..');
const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);

const peers: RequiredPeers = new Map(
  folders.map((folder) => {
    const {
      name,
      peerDependencies = {},
      peerDependenciesMeta = {},
    } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return [name, Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional)];
  }),
);
const readmes = ['.', ...folders].map((folder) => join(folder, 'README.md').replaceAll('\\', '/'));

describe.each(readmes.filter((file) => existsSync(join(root, file))))('%s', (file) => {
  const markdown = readFileSync(join(root, file), 'utf8');

  test('says how to install all that its examples import, peers included', () => {
    expect(readmeProblems(markdown, peers)).toEqual([]);
  });

  test('says how to install something', () => {
    expect(readReadme(markdown).installed).not.toEqual([]);
  });
});

const fence = (kind: string, code: string) => `\`\`\`${kind}\n${code}\n\`\`\`\n`;

describe('readReadme', () => {
  test('reads packages from npm install lines, without versions, flags and comments', () => {
    const script = [
      'npm install @scope/a@4 b@^1.2 \\',
      '  c   # d e',
      '$ npm i --save-dev f',
      'npx g',
      'npm install --ignore-scripts @scope/h',
    ].join('\n');
    expect(readReadme(fence('sh', script)).installed).toEqual(['@scope/a', 'b', 'c', 'f', '@scope/h']);
  });

  test('reads packages from static, dynamic, type-only and side-effect imports, not files or Node', () => {
    const code = [
      `import a from '@scope/a/sub';`,
      `import type { B } from 'b';`,
      `import 'c';`,
      `const d = await import('d/e');`,
      `export { f } from 'f';`,
      `import './g'; import 'node:fs';`,
    ].join('\n');
    const markdown = fence('ts no-run', code) + fence('js', `require('h')`) + fence('json', `import 'i'`);
    expect(readReadme(markdown).imported.toSorted()).toEqual(['@scope/a', 'b', 'c', 'd', 'f', 'h']);
    expect(readReadme(markdown).examples).toEqual([]);
  });
});

describe('readmeProblems', () => {
  const known = new Map([['@thawjs/core', ['@tensorflow/tfjs-core']]]);

  test.each([
    ['nothing imported', 'npm install a', ''],
    ['what is imported is installed', 'npm install a', `import 'a';`],
    ['peers are installed', 'npm install @thawjs/core @tensorflow/tfjs-core', `import '@thawjs/core';`],
  ])('finds nothing where %s', (_, script, code) => {
    expect(readmeProblems(fence('sh', script) + fence('ts', code), known)).toEqual([]);
  });

  test('names what is imported and what is needed beside, and not installed', () => {
    const markdown =
      fence('sh', 'npm install @thawjs/core') + fence('ts', `import 'sharp'; import '@thawjs/core';`);
    expect(readmeProblems(markdown, known)).toEqual([
      "its examples import sharp, which its npm install lines don't install",
      "@thawjs/core needs @tensorflow/tfjs-core beside it, which its npm install lines don't install",
    ]);
  });
});
