import { mkdtemp, readdir, readFile, utimes, writeFile as writeAnything } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { nodeFiles as node } from '../src/node-modules';
import { removeLeftovers, writeFile } from '../src/write-file';
import { writerName } from '../src/writer-name';

const own = writerName(node);
/** Linux gives no process a number this high. */
const ended = own.replace(/-\d+-/, '-999999999-');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-write-file-'));
});

const left = async (name: string, hoursAgo = 0) => {
  await writeAnything(join(folder, name), 'half');
  const time = new Date(Date.now() - hoursAgo * 3_600_000);
  await utimes(join(folder, name), time, time);
};

describe('a file that is written whole', () => {
  test.each(['a.csv', 'a'.repeat(255), 'ä'.repeat(127), '🦊'.repeat(63)])(
    'may have any name that the file system takes (%#), and leaves nothing beside it',
    async (name) => {
      await writeFile(node, join(folder, name), 'old');
      await writeFile(node, join(folder, name), 'new');
      expect(await readdir(folder)).toEqual([name]);
      expect(await readFile(join(folder, name), 'utf8')).toBe('new');
    },
  );

  test('outlasts a clock that jumps: the part of a living process stays, however old it seems', async () => {
    const living = `a.csv.${own}.tmp`;
    await left(living, 1000);
    await writeFile(node, join(folder, 'a.csv'), 'new');
    await removeLeftovers(node, folder);
    expect((await readdir(folder)).sort()).toEqual(['a.csv', living]);
  });

  test('takes away the parts of ended processes, and of other machines once they are old', async () => {
    const young = 'a.csv.elsewhere.org-7-00c0ffee.tmp';
    for (const name of [`a.csv.${ended}.tmp`, young]) await left(name);
    await left('a.csv.elsewhere.org-8-00c0ffee.tmp', 2);
    await writeFile(node, join(folder, 'a.csv'), 'new');
    expect((await readdir(folder)).sort()).toEqual(['a.csv', young]);
  });
});

test('only parts of ended processes of this machine are leftovers of any file', async () => {
  const staying = [
    `b.json.${own}.tmp`,
    'b.json.elsewhere-999999999-00c0ffee.tmp',
    'b.json.tmp',
    'notes-999999999-00c0ffee.tmp',
    `${ended}.txt`,
  ];
  for (const name of [`b.json.${ended}.tmp`, `report.html.${ended}.tmp`, ...staying]) await left(name, 1000);
  await removeLeftovers(node, folder);
  expect((await readdir(folder)).sort()).toEqual([...staying].sort());
});
