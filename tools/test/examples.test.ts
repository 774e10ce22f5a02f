import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { extractExamples } from '../examples/extract-examples';
import { type ExampleResults, runExamples } from '../examples/run-examples';

const root = join(import.meta.dirname, '../..');

/** Paths from the root of the files below a folder, with `/` between their parts. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .sort();
}

// The examples of @thawjs/browser need a page with a worker. Its browser tests make the same calls.
const packages = readdirSync(join(root, 'packages'))
  .filter((name) => name !== 'browser')
  .map((name) => ({
    // The folder from which the examples' imports are resolved.
    folder: `packages/${name}`,
    files: [
      `packages/${name}/README.md`,
      ...filesBelow(`packages/${name}/src`).filter((path) => path.endsWith('.ts')),
    ],
  }));
// This folder depends on every package.
const front = {
  folder: 'examples/celeba-resnet50',
  files: [
    'README.md',
    ...filesBelow('docs').filter((path) => path.endsWith('.md') && !/^docs\/(site|reference)\//.test(path)),
  ],
};

// Parts of several packages; their examples import them from one of those packages.
const internal = {
  folder: 'examples/celeba-resnet50',
  files: filesBelow('internal').filter((path) => path.endsWith('.ts') && !path.includes('node_modules')),
};

describe.each([front, internal, ...packages])('the examples of $folder', ({ folder, files }) => {
  const existing = files.filter((file) => existsSync(join(root, file)));
  const examples = existing.flatMap((file) => extractExamples(root, file));
  let results: ExampleResults;

  beforeAll(async () => {
    results = await runExamples(join(root, folder), examples);
  }, 300_000);

  test('there is at least one', () => {
    expect(examples).not.toEqual([]);
  });

  // test.each isn't used, because it shortens paths in its titles.
  for (const example of examples) {
    test(`${example.file}:${example.line} prints what it promises`, () => {
      expect(results.get(example)).toEqual([]);
    });
  }

  test('every @example has a ```ts block that is run', () => {
    const without = existing
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => {
        const promised = readFileSync(join(root, file), 'utf8').match(/^\s*\* @example/gm)?.length ?? 0;
        return promised > examples.filter((example) => example.file === file).length;
      });
    expect(without).toEqual([]);
  });
});
