import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { OutputError, openOutputFolder } from '../src/index';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'thaw-output-')), 'deep', 'run');
});

describe('openOutputFolder', () => {
  it('makes the folder and writes files of text and of bytes into it', async () => {
    const out = await openOutputFolder(folder);
    expect(out.path).toBe(folder);
    expect(await out.write('a.txt', 'text')).toBe(join(folder, 'a.txt'));
    await out.write('b.bin', new Uint8Array([1, 2]));
    await out.write('a.txt', 'other');
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('other');
    expect([...(await readFile(join(folder, 'b.bin')))]).toEqual([1, 2]);
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'b.bin']);
  });

  it('refuses at once a folder whose place a file has', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'mine');
    await expect(openOutputFolder(folder)).rejects.toThrow(OutputError);
    await expect(openOutputFolder(folder)).rejects.toThrow(
      /expected to write .*run; ENOTDIR.*choose another folder/,
    );
    expect(await readFile(folder, 'utf8')).toBe('mine');
  });

  it('keeps the old file where the new one can’t be placed', async () => {
    const out = await openOutputFolder(folder);
    await mkdir(join(folder, 'a.txt'));
    await writeFile(join(folder, 'a.txt', 'inside'), 'mine');
    await expect(out.write('a.txt', 'new')).rejects.toThrow(OutputError);
    expect(await readdir(folder)).toEqual(['a.txt']);
    expect(await readFile(join(folder, 'a.txt', 'inside'), 'utf8')).toBe('mine');
  });

  it('shows whole files only, whenever the writer is killed, and clears what it left', async () => {
    const child = fileURLToPath(new URL('./output-child.ts', import.meta.url));
    for (const delay of [0, 3, 7, 11, 20]) {
      const writer = spawn(process.execPath, ['--import', 'tsx', child, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(createInterface({ input: writer.stdout }), 'line');
      await new Promise((resolve) => setTimeout(resolve, delay));
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      const text = await readFile(join(folder, 'page.html'), 'utf8');
      expect(text.length).toBe(2_000_000);
      expect(new Set(text).size).toBe(1);
    }
    await openOutputFolder(folder);
    expect(await readdir(folder)).toEqual(['page.html']);
  });
});
