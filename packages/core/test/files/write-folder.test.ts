import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFile as writeOneFile } from '@thawjs/files/write-file';
import { writerName } from '@thawjs/files/writer-name';
import { beforeEach, describe, expect, test } from 'vitest';
import { writeFolder } from '../../src/files/write-folder';
import { nodeModules } from '../../src/platform/node';

const node = nodeModules()!;
let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'thaw-write-folder-'));
  folder = join(parent, 'faces', '1');
});

const version = (number: number, labels = number) => ({
  'graph.pb': `graph ${number}`,
  'labels.json': `labels ${labels}`,
});
const contents = async () => {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
};

/** Node's file system that fails at the given call of a function, and from then on. */
function failingAt(name: 'rename' | 'open' | 'rm', call: number, code: string) {
  let calls = 0;
  const failing = async (...args: unknown[]) => {
    if (name === 'open' && args[1] === 'r') return node.fs.promises.open(args[0] as string, 'r');
    if (++calls >= call) throw Object.assign(new Error(`${code}: ${name}`), { code });
    return (node.fs.promises[name] as (...args: unknown[]) => Promise<unknown>)(...args);
  };
  const promises = { ...node.fs.promises, [name]: failing };
  return { ...node, fs: { ...node.fs, promises } as unknown as typeof node.fs };
}

describe('a folder of files that belong together', () => {
  test('appears with all of them, and nothing is left beside it', async () => {
    await writeFolder(node, folder, version(1));
    expect(await contents()).toEqual(version(1));
    expect(await readdir(join(parent, 'faces'))).toEqual(['1']);
  });

  test('does not appear where the disk is full in the middle', async () => {
    await expect(writeFolder(failingAt('open', 2, 'ENOSPC'), folder, version(1))).rejects.toThrow('ENOSPC');
    expect(await readdir(join(parent, 'faces'))).toEqual([]);
  });

  test('is replaced in a folder that is there, whose other files stay', async () => {
    await writeFolder(node, folder, version(1));
    await writeFile(join(folder, 'README'), 'mine');
    await mkdir(join(folder, 'assets'));
    await writeFolder(node, folder, version(2));
    expect(await readdir(folder)).toEqual(['README', 'assets', 'graph.pb', 'labels.json']);
    expect(await readFile(join(folder, 'graph.pb'), 'utf8')).toBe('graph 2');
    expect(await readFile(join(folder, 'labels.json'), 'utf8')).toBe('labels 2');
  });

  test.each([1, 2])('is the old one where the disk is full at file %d of the new one', async (file) => {
    await writeFolder(node, folder, version(1));
    await expect(writeFolder(failingAt('open', file, 'ENOSPC'), folder, version(2))).rejects.toThrow(
      'ENOSPC',
    );
    expect(await contents()).toEqual(version(1));
  });

  test('never has two versions beside each other, whichever rename is the last', async () => {
    // The renames: the lock, the main file, the other one.
    const seen = [];
    for (let call = 1; call <= 4; call++) {
      await writeFolder(node, folder, version(1));
      await writeFolder(failingAt('rename', call, 'EIO'), folder, version(2)).catch(() => undefined);
      seen.push(await contents());
    }
    expect(seen).toEqual([version(1), { 'graph.pb': 'graph 1' }, { 'graph.pb': 'graph 2' }, version(2)]);
  });

  test('loses nothing in between where only the main file changes', async () => {
    await writeFolder(node, folder, version(1, 7));
    await expect(writeFolder(failingAt('rename', 2, 'EIO'), folder, version(2, 7))).rejects.toThrow('EIO');
    expect(await contents()).toEqual(version(1, 7));
  });

  test('is one of those that several writers write at once', async () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    await Promise.all(numbers.map((number) => writeFolder(node, folder, version(number))));
    expect(numbers.map((number) => version(number))).toContainEqual(await contents());
  });

  test('is cleaned of what a dead writer left, inside and beside it', async () => {
    await writeFolder(node, folder, version(1));
    const dead = 'host.1-4000000-00c0ffee.tmp';
    await writeFile(join(folder, `graph.pb.${dead}`), 'half');
    const beside = join(parent, 'faces', `.1.${dead}`);
    await mkdir(beside);
    const old = new Date(Date.now() - 2 * 3600 * 1000);
    await node.fs.promises.utimes(beside, old, old);
    await writeFolder(node, folder, version(2));
    expect(await contents()).toEqual(version(2));
    expect(await readdir(join(parent, 'faces'))).toEqual(['1']);
  });

  test('is cleaned at once of what a process of this machine left that has ended', async () => {
    await writeFolder(node, folder, version(1));
    // The machine's name has dots; no process has a number this high.
    const dead = `.1.${writerName(node).replace(/-\d+-/, '-999999999-')}.tmp`;
    const alive = `.1.${writerName(node)}.tmp`;
    for (const name of [dead, alive]) await mkdir(join(parent, 'faces', name));
    await writeFolder(node, folder, version(2));
    expect((await readdir(join(parent, 'faces'))).sort()).toEqual([alive, '1'].sort());
  });
});

test('a file is written over what an ended process left of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-write-'));
  const ended = `a.onnx.${writerName(node).replace(/-\d+-/, '-999999999-')}.tmp`;
  const others = [`a.onnx.${writerName(node)}.tmp`, 'a.onnx.tmp', 'b.onnx.host-1-00c0ffee.tmp'];
  for (const name of [ended, ...others]) await writeFile(join(folder, name), 'half');
  await writeOneFile(node, join(folder, 'a.onnx'), 'whole');
  expect((await readdir(folder)).sort()).toEqual(['a.onnx', ...others].sort());
});
