import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The index that VitePress' local search makes. */
interface Index {
  add(part: Readonly<Record<string, unknown>>): void;
  search(query: string): { readonly id: string }[];
}
const require = createRequire(createRequire(import.meta.url).resolve('vitepress/package.json'));
const MiniSearch = require('minisearch') as new (options: object) => Index;

const docs = join(import.meta.dirname, '../../docs');

/**
 * The guides as VitePress indexes them: one part per heading, with its fields, weights and tolerance of misspellings.
 */
function indexOfGuides(): Index {
  const index = new MiniSearch({
    fields: ['title', 'titles', 'text'],
    searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } },
  });
  for (const file of readdirSync(join(docs, 'guides'))) {
    const above: string[] = [];
    for (const [i, part] of readFileSync(join(docs, 'guides', file), 'utf8')
      .split(/^(?=#{1,6} )/m)
      .entries()) {
      const [, marks, title] = /^(#+) (.*)/.exec(part) ?? [];
      if (!title) continue;
      above.length = marks.length - 1;
      index.add({
        id: `${file}#${i}`,
        title,
        titles: above.filter(Boolean),
        text: part.replace(/^.*\n/, ''),
      });
      above.push(title);
    }
  }
  return index;
}

test.each([
  ['deploy', 'serving.md'],
  ['browser', 'browser.md'],
  ['own data', 'own-data.md'],
  ['mobilenet', 'choosing-a-backbone.md'],
  ['threshold', 'imbalance-and-thresholds.md'],
  ['gpu', 'past-one-machine.md'],
  ['overfitting', 'troubleshooting.md'],
  ['class imbalance', 'imbalance-and-thresholds.md'],
  ['license', 'choosing-a-backbone.md'],
  ['offline', 'troubleshooting.md'],
  ['memory', 'troubleshooting.md'],
  ['export', 'shipping.md'],
  ['ONNX', 'shipping.md'],
  ['resume', 'interrupted-training.md'],
  ['freeze layers', 'transfer-learning.md'],
  ['learning rate', 'transfer-learning.md'],
  ['augmentation', 'own-data.md'],
  ['multi-label', 'getting-started.md'],
  ['windows', 'troubleshooting.md'],
  ['docker', 'serving.md'],
  ['video', 'browser.md'],
  ['camera', 'browser.md'],
  ['webpack', 'browser.md'],
  ['batch size', 'performance.md'],
  ['jest', 'troubleshooting.md'],
  ['dockerfile', 'serving.md'],
])('a search in the guides for "%s" finds %s first', (query, page) => {
  expect(indexOfGuides().search(query)[0].id.split('#')[0]).toBe(page);
});
