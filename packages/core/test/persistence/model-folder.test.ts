import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SavedModelError } from '../../src';
import { readModelFolder } from '../../src/persistence/read-model-folder';
import { writeModelFolder } from '../../src/persistence/write-model-folder';
import { nodeModules } from '../../src/platform/node';
import { random } from '../../src/training/random';
import { numberedModel, numberOf } from './numbered-model';

const node = nodeModules()!;
const CHILD = fileURLToPath(new URL('./model-writer-child.ts', import.meta.url));
let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'thaw-model-folder-')), 'model');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const write = (number: number, into = folder) => writeModelFolder(node, into, numberedModel(number));
const read = async () => numberOf(await readModelFolder(node, folder));

/** Starts a process that saves; resolves as the first model is there. */
async function startWriter(first: number, count: number): Promise<ChildProcess> {
  const args = ['--import', 'tsx', CHILD, folder, String(first), String(count)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(createInterface({ input: child.stdout }), 'line');
  return child;
}

async function filesLeft(): Promise<string[]> {
  return (await readdir(folder)).map((name) => name.replace(/[0-9a-f]{16}/, 'HASH')).sort();
}

describe('a folder with a model', () => {
  test('has the model at every moment while another process writes new ones', async () => {
    const writer = await startWriter(0, 60);
    const seen = new Set<number>();
    while (writer.exitCode === null) seen.add(await read());
    seen.add(await read());
    expect([...seen]).toEqual([...seen].toSorted((a, b) => a - b));
    expect(seen.size).toBeGreaterThan(1);
    expect(await read()).toBe(59);
    expect(await filesLeft()).toEqual(['model.json', 'weights-HASH.bin']);
  });

  test('is whole after two processes and two saves of this one wrote to it at once', async () => {
    const writers = await Promise.all([startWriter(100, 25), startWriter(200, 25)]);
    const own = [300, 400].map(async (first) => {
      for (let number = first; number < first + 10; number++) await write(number);
    });
    const ended = writers.map(async (writer) => writer.exitCode ?? (await once(writer, 'exit'))[0]);
    let reading = true;
    const reader = (async () => {
      const seen = new Set<number>();
      while (reading) seen.add(await read());
      return seen;
    })();
    await Promise.all(own);
    expect(await Promise.all(ended)).toEqual([0, 0]);
    reading = false;
    expect((await reader).size).toBeGreaterThan(1);
    expect([124, 224, 309, 409]).toContain(await read());
    expect(await filesLeft()).toEqual(['model.json', 'weights-HASH.bin']);
  });

  test('is the old or the new one after kill −9, and the next save removes what the dead process left', async () => {
    const next = random(7);
    for (let kill = 0; kill < 8; kill++) {
      const writer = await startWriter(1000 * kill, 10_000);
      await new Promise((resolve) => setTimeout(resolve, 60 * next()));
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      expect(Math.floor((await read()) / 1000)).toBe(kill);
    }
    await write(1);
    expect(await read()).toBe(1);
    expect(await filesLeft()).toEqual(['model.json', 'weights-HASH.bin']);
  });

  test('keeps files of other names, and loses what earlier saves left', async () => {
    await write(1);
    const left = [
      'weights-0123456789abcdef.bin',
      'model.json.4000000.tmp',
      'weights-0123456789abcdef.bin.host.1-4000000-00c0ffee.tmp',
    ];
    const mine = ['notes.tmp', 'weights-best.bin', 'model.json.orig', 'weights-0123456789abcdef.bin.bak'];
    for (const name of [...left, ...mine]) await writeFile(join(folder, name), 'x');
    await write(2);
    expect(await filesLeft()).toEqual(
      [...mine.map((name) => name.replace(/[0-9a-f]{16}/, 'HASH')), 'model.json', 'weights-HASH.bin'].sort(),
    );
  });

  test('is the old one, and alone, where the new one can’t be written', async () => {
    await write(1);
    const before = await filesLeft();
    const fs = { ...node.fs, promises: { ...node.fs.promises, open: fullAfter(2) } };
    const full = { ...node, fs: fs as unknown as typeof node.fs };
    await expect(writeModelFolder(full, folder, numberedModel(2))).rejects.toThrow(
      /expected to write into .*; ENOSPC.*A model that was there is unharmed/,
    );
    expect(await read()).toBe(1);
    expect(await filesLeft()).toEqual(before);
  });

  /** `open` on a disk that is full from the given file on. */
  function fullAfter(files: number) {
    let written = 0;
    return async (path: string, flags: string) => {
      const handle = await node.fs.promises.open(path, flags);
      if (flags === 'r' || ++written < files) return handle;
      return Object.assign(Object.create(handle), {
        writeFile: async () => {
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        },
        close: () => handle.close(),
      });
    };
  }
});

describe('the lock of a folder', () => {
  const lock = () => join(folder, '.thaw-lock');
  const hold = async (writer: string) => {
    await mkdir(lock(), { recursive: true });
    await writeFile(join(lock(), writer), '');
  };

  test('is waited for, and refuses the writer that waits too long', async () => {
    await hold('elsewhere-1-00c0ffee');
    const saving = writeModelFolder(node, folder, numberedModel(1), { waitMs: 100 });
    await expect(saving).rejects.toThrow(SavedModelError);
    await expect(saving).rejects.toThrow(/another writer \(elsewhere-1-00c0ffee\)/);
    const later = write(2);
    await rm(lock(), { recursive: true });
    await later;
    expect(await read()).toBe(2);
  });

  test('is taken over from a writer that gave no sign of life for minutes', async () => {
    await hold('elsewhere-1-00c0ffee');
    const old = new Date(Date.now() - 6 * 60 * 1000);
    await node.fs.promises.utimes(join(lock(), 'elsewhere-1-00c0ffee'), old, old);
    await writeModelFolder(node, folder, numberedModel(3), { watchMs: 0 });
    expect(await read()).toBe(3);
    expect(await filesLeft()).toEqual(['model.json', 'weights-HASH.bin']);
  });
});

describe('a model folder from elsewhere', () => {
  const json = async () => JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));

  test.each([
    '../outside.bin',
    'sub/../../outside.bin',
    '/etc/hostname',
    '..\\outside.bin',
    'C:\\outside.bin',
    'file:///etc/hostname',
    '',
    'a\u0000b',
  ])('that names %j as its weights is refused', async (path) => {
    await write(1);
    const { weightsManifest, ...rest } = await json();
    const manifest = [{ ...weightsManifest[0], paths: [path] }];
    await writeFile(join(folder, 'model.json'), JSON.stringify({ ...rest, weightsManifest: manifest }));
    await expect(readModelFolder(node, folder)).rejects.toThrow(SavedModelError);
    await expect(readModelFolder(node, folder)).rejects.toThrow(/expected names of files beside/);
  });

  test('with a link to a file outside is refused, unless links are allowed', async () => {
    await write(1);
    const elsewhere = join(folder, '..', 'elsewhere');
    await mkdir(elsewhere);
    for (const name of await readdir(folder)) await symlink(join('..', 'model', name), join(elsewhere, name));
    await expect(readModelFolder(node, elsewhere)).rejects.toThrow(/is a link to .*followLinks: true/);
    expect(numberOf(await readModelFolder(node, elsewhere, { followLinks: true }))).toBe(1);
  });

  test('with a pipe in place of a file is refused, as reading it would never end', async () => {
    await write(1);
    for (const name of (await readdir(folder)).reverse()) {
      await rm(join(folder, name));
      execFileSync('mkfifo', [join(folder, name)]);
      await expect(readModelFolder(node, folder)).rejects.toThrow(/it is no file, but a pipe or a device/);
    }
  });

  test('may itself be reached by a link', async () => {
    await write(1);
    const link = join(folder, '..', 'link');
    await symlink('model', link);
    expect(numberOf(await readModelFolder(node, link))).toBe(1);
  });

  test('with weights that aren’t those of its name is refused', async () => {
    await write(1);
    const name = (await readdir(folder)).find((file) => file.endsWith('.bin'))!;
    const weights = await readFile(join(folder, name));
    weights[weights.length >> 1] ^= 1;
    await writeFile(join(folder, name), weights);
    await expect(readModelFolder(node, folder)).rejects.toThrow(/SHA-256 in its name; it is damaged/);
    await writeFile(join(folder, name), Buffer.alloc(weights.length));
    await expect(readModelFolder(node, folder)).rejects.toThrow(/SHA-256 in its name; it is damaged/);
  });
});
