import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thaw } from './thaw';

let folder: string;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);
/** Eight rows of a table; the first ones can be given. */
const rows = (header: string, first: readonly string[], rest: readonly [string, string]) =>
  [
    header,
    ...first,
    ...Array.from({ length: 8 - first.length }, (_, i) => `${i}.png${rest[i % 2]}`),
    '',
  ].join('\n');

const FILES: Readonly<Record<string, string | Buffer>> = {
  'images/a.png': PNG,
  'images/b.png': PNG,
  'latin.csv': Buffer.from(rows('image,tags', ['a.png,Com\xe9die'], [',Drama', ',Com\xe9die']), 'latin1'),
  'lost.csv': rows('image,Cat', ['c.png,1'], [',1', ',0']),
  'words.csv': rows('image,Cat,Dog', ['a.png,sometimes,0'], [',1,1', ',0,0']),
  'twice.csv': rows('image,Cat', ['a.png,1', 'a.png,0'], [',1', ',0']),
  'missing.csv': rows('image,tags', ['a.png,Cat|Dog', 'b.png,nan'], [',Cat', ',Dog']),
  'ids.csv': rows('ID,Label', [], ['_cat,1', '_dog,1']).replace(/^(\d)\.png/gm, (_, i) => `x${i >> 1}`),
  'sure.csv': rows('image,name,Confidence', ['a.png,cat,0'], [',cat,1', ',dog,1']),
  'numbers.csv': rows('image,tags', ['a.png,0 1 1'], [',1 0 0', ',0 1 0']),
  'weights.csv': rows('image,tags', ['a.png,cat:0.5'], [',cat:1', ',dog:1']),
  'commas.csv': rows('image;tags', ['a.png;Cat,Dog'], [';Cat', ';Dog,Cat']),
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-flags-'));
  await mkdir(join(folder, 'images'));
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true }));

const train = (line: string) =>
  thaw(
    ...line.split(' ').map((word) => (/[./]/.test(word) ? join(folder, word) : word)),
    '--out',
    join(folder, 'run'),
  );

describe('an error on the command line names flags, not options of a program', () => {
  it.each([
    ['an encoding', 'train images/ latin.csv --tags tags', '--encoding windows-1252'],
    ['images that are missing', 'train images/ lost.csv', '--on-problem skip'],
    ['images without labels', 'train images/', '--on-problem skip'],
    ['cells that are no labels', 'train images/ words.csv', '--values'],
    ['images that come twice', 'train images/ twice.csv', '--repeated first'],
    ['missing values', 'train images/ missing.csv --tags tags', '--missing none'],
    ['labels in ids', 'train images/ ids.csv', '--tags "ID" --after "_" --confidence "Label"'],
    ['a confidence of 0', 'train images/ sure.csv --tags name', '--confidence "Confidence"'],
    ['class numbers', 'train images/ numbers.csv --tags tags', '--names A,B,C'],
    ['weights', 'train images/ weights.csv --tags tags', 'looks like a name with a weight'],
    ['names that are not divided', 'train images/ commas.csv --tags tags', '--delimiter ","'],
  ])('for %s', async (_, line, flag) => {
    const { code, stderr } = await train(line);
    expect(code).toBe(1);
    expect(stderr).toContain(flag);
    expect(stderr).not.toMatch(/: '|\{ |findImage|as root/);
  });

  it('the flags that errors name are taken', async () => {
    const ways = [
      'analyse latin.csv --tags tags --encoding windows-1252',
      'analyse twice.csv --repeated first',
      'analyse missing.csv --tags tags --missing none',
      'analyse commas.csv --tags tags --delimiter ,',
    ];
    for (const way of ways) {
      const { code, stderr } = await train(way);
      expect([way, stderr, code]).toEqual([way, '', 0]);
    }
  });

  it('an image in the place of a label file is a wrong command line', async () => {
    const { code, stderr } = await train('train images/a.png');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^UsageError: expected a label file or a folder; received the image .*a\.png\./);
  });

  it('to go on with a run that is not there is a wrong command line', async () => {
    const { code, stderr } = await thaw('train', '--resume', '--out', join(folder, 'nowhere'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^UsageError: expected a run to go on with in .*nowhere; found none\./);
  });
});
