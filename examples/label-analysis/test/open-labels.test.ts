import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLabels } from '../src/open-labels';
import { readOptions } from '../src/options';

it.each([
  ['attributes.txt', '2\nBald Smiling\n1.jpg -1  1\n2.jpg  1  1\n', []],
  [
    'metadata.jsonl',
    '{"file_name":"1.jpg","t":["Smiling"]}\n{"file_name":"2.jpg","t":["Bald","Smiling"]}',
    ['--tags', 't'],
  ],
  ['labels.csv', 'file,Bald,Smiling\n1.jpg,0,1\n2.jpg,1,1\n', []],
])('opens %s', async (name, text, options) => {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-labels-'));
  try {
    await writeFile(join(folder, name), text);
    const { labels, y } = await openLabels(readOptions([join(folder, name), ...options]));
    expect([labels, y.join('')]).toEqual([['Bald', 'Smiling'], '0111']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
