import { execFile, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { thawProgram } from '../src/thaw-program';
import { silentTerminal, thaw } from './thaw';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

describe('thaw', () => {
  it('runs as a process of its own, and says its version', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main, '--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each<[string, string[], StdioOptions, ('stdout' | 'stderr')[], number, RegExp]>([
    ['nobody reads the output', ['--help'], ['ignore', 'pipe', 'pipe'], ['stdout'], 141, /^$/],
    ['nobody reads the notes', ['anaylse'], ['ignore', 'ignore', 'pipe'], ['stderr'], 2, /^/],
    ...(existsSync('/dev/full')
      ? [
          [
            'the output goes to a full disk',
            ['--help'],
            ['ignore', openSync('/dev/full', 'w'), 'pipe'],
            [],
            1,
            /^standard output: ENOSPC: .*free some space.*\n$/,
          ] as [string, string[], StdioOptions, [], number, RegExp],
        ]
      : []),
  ])('ends well if %s', async (_, argv, stdio, closed, expected, said) => {
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...argv], { stdio });
    for (const name of closed) child[name]!.destroy();
    const heard: unknown[] = [];
    if (!closed.includes('stderr')) child.stderr!.on('data', (part) => heard.push(part));
    const [code] = await once(child, 'close');
    expect([code, heard.join('')]).toEqual([expected, expect.stringMatching(said)]);
  });

  it.each([
    ['--help', 0, 'First steps:'],
    ['help analyse', 0, '--subset'],
    ['doctor --json', 0, '"backends"'],
  ])('`thaw %s` ends with %i', async (line, code, text) => {
    const ended = await thaw(...line.split(' '));
    expect([ended.stderr, ended.code]).toEqual(['', code]);
    expect(ended.stdout).toContain(text);
  });

  it.each(thawProgram(silentTerminal()).commands.map((command) => command.name()))(
    'the help of `thaw %s` says what the command does, has an example, and fits into 80 columns',
    async (name) => {
      const { stdout } = await thaw(name, '--help');
      const [usage, , description] = stdout.split('\n');
      expect(usage).toMatch(`Usage: thaw ${name}`);
      expect(description).toMatch(/^[A-Z][a-z]+s /);
      if (name !== 'doctor' && name !== 'backbones') expect(stdout).toContain(`\n  $ `);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  it.each([
    ['anaylse', "unknown command 'anaylse'\n(Did you mean analyse?)"],
    ['analyse a.csv --subst 3', "unknown option '--subst'\n(Did you mean --subset?)"],
    ['analyse a.csv --subset 0', 'expected a whole number of 1 or more'],
  ])('`thaw %s` is a wrong command line: it ends with 2', async (line, message) => {
    const ended = await thaw(...line.split(' '));
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(message);
  });

  it.each([
    ['tr', ['train'], 4],
    ['export --to o', ['onnx'], 4],
    ['train --no-re', ['--no-report'], 4],
    ['predict --model run', [], 0],
    ['train im', [], 0],
  ])('completes `thaw %s`, paths by the shell', async (line, words, directive) => {
    const printed: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text) => void printed.push(text));
    const ended = await thaw('complete', '--', ...line.split(' '));
    log.mockRestore();
    expect(ended.code).toBe(0);
    expect(printed.map((text) => text.split('\t')[0])).toEqual([...words, `:${directive}`]);
  });

  it('understands the command of the Dockerfile in its README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const [, json] = /^CMD (\["thaw".*\])$/m.exec(readme)!;
    const [, ...line] = JSON.parse(json) as string[];
    const folder = await mkdtemp(join(tmpdir(), 'thaw-docker-'));
    const ended = await thaw(...line.map((word) => (word === '/model' ? folder : word)));
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining(`expected a model in ${folder}`)]);
  });

  it('describes each command to completion in one line', async () => {
    for (const command of thawProgram(silentTerminal()).commands)
      expect(command.description()).not.toContain('\n');
  });

  it.each([
    ['train', 'expected data: a folder of images, a label file, or both. Name its path.'],
    ['analyse', 'expected data: a folder of images'],
    ['search', 'expected data: a folder of images'],
    ['train a.csv --resume --overwrite', 'expected one of --resume and --overwrite; received both.'],
    ['predict --model run', "missing required argument 'images'"],
    ['evaluate', "required option '--model <folder>' not specified"],
    ['export run', "required option '--to"],
    ['merge', "required option '--out <folder>' not specified"],
    ['serve', "required option '--model <folder>' not specified"],
    ['evaluate a.csv --model run --shard 1/2', 'expected --out, the folder of all shards'],
  ])(
    '`thaw %s` is an incomplete or contrary command line: it ends with 2 and writes nothing',
    async (line, message) => {
      const out = join(await mkdtemp(join(tmpdir(), 'thaw-usage-')), 'out');
      const takesOut = /^(train|analyse|search)/.test(line) ? ['--out', out] : [];
      const ended = await thaw(...line.split(' '), ...takesOut);
      expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(message)]);
      expect(existsSync(out)).toBe(false);
    },
  );

  it('says before a search begins that its folder cannot be written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'thaw-search-'));
    await writeFile(join(folder, 'taken'), '');
    const ended = await thaw('search', folder, '--out', join(folder, 'taken', 'out'));
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringMatching(/^OutputError: .*taken/)]);
  });

  it('an error of the data ends with 1 and one line', async () => {
    const ended = await thaw('analyse', 'nowhere.csv');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /^CommandError: expected .*nowhere\.csv to be there; found nothing\. Check the path\.$/,
    );
  });
});
