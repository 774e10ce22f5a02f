import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { classifier, fineTune, predict } from '../../../src';
import { nodeModules } from '../../../src/platform/node';
import { NoScratchFolderError, withScratchFile } from '../../../src/run/tensorflow/scratch-folder';
import { LABELS, tinyBackbone, tinyImages } from '../../tiny';

const node = nodeModules()!;
const content = new Uint8Array([1, 2, 3]);
let parent: string;

beforeAll(async () => {
  await useBestBackend({ prefer: ['native'], log: () => {} });
});
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'thaw-scratch-'));
  vi.stubEnv('TMPDIR', parent);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  tf.disposeVariables();
});

describe('a folder for temporary files', () => {
  test('has the file while it is used, and is gone afterwards, whatever the use threw', async () => {
    const use = (folder: string) => {
      expect(readFileSync(join(folder, 'x'))).toEqual(Buffer.from(content));
      throw new RangeError('used');
    };
    expect(() => withScratchFile(node, 'x', content, use)).toThrow(RangeError);
    expect(await readdir(parent)).toEqual([]);
  });

  test('comes and goes beside foreign folders of like names, and takes those of dead processes along', async () => {
    const foreign = ['thaw-graph-1-abcdef', 'thaw-graph-999999999-abc', 'thaw-graph-mine', 'thaw-graph-'];
    for (const name of foreign) {
      await mkdir(join(parent, name));
      await writeFile(join(parent, name, 'notes.txt'), 'mine');
    }
    await mkdir(join(parent, 'thaw-graph-999999999-00c0ffee'));
    await writeFile(join(parent, 'thaw-graph-999999999-00c0ffee', 'x'), content);
    withScratchFile(node, 'x', content, () => {});
    expect((await readdir(parent)).sort()).toEqual([...foreign].sort());
    for (const name of foreign) expect(await readFile(join(parent, name, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('of a dead process that is a link is left, and so is the file that it leads to', async () => {
    const [elsewhere, link] = ['precious', 'thaw-graph-999999999-00c0ffee'];
    await mkdir(join(parent, elsewhere));
    await writeFile(join(parent, elsewhere, 'x'), 'mine');
    await symlink(elsewhere, join(parent, link));
    withScratchFile(node, 'x', content, () => {});
    expect((await readdir(parent)).sort()).toEqual([elsewhere, link]);
    expect(await readFile(join(parent, elsewhere, 'x'), 'utf8')).toBe('mine');
  });

  test('of a dead process that belongs to another user is left', async () => {
    const theirs = 'thaw-graph-999999999-00c0ffee';
    await mkdir(join(parent, theirs));
    await writeFile(join(parent, theirs, 'x'), content);
    const lstatSync: typeof node.fs.lstatSync = (path, options) => {
      const found = node.fs.lstatSync(path, options);
      return found && Object.assign(Object.create(found), { uid: found.uid + 1 });
    };
    withScratchFile({ ...node, fs: { ...node.fs, lstatSync } }, 'x', content, () => {});
    expect(await readdir(join(parent, theirs))).toEqual(['x']);
  });

  test('of somebody else that can’t be removed is left', async () => {
    const theirs = 'thaw-graph-999999999-00c0ffee';
    await mkdir(join(parent, theirs));
    const rmdirSync = (path: string) => {
      if (path.endsWith(theirs))
        throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
      node.fs.rmdirSync(path);
    };
    const modules = { ...node, fs: { ...node.fs, rmdirSync } as typeof node.fs };
    expect(withScratchFile(modules, 'x', content, () => 7)).toBe(7);
    expect(await readdir(parent)).toEqual([theirs]);
  });

  test.runIf(node.fs.existsSync('/dev/shm'))('is in memory where the system’s can’t be written', () => {
    vi.stubEnv('TMPDIR', join(parent, 'gone'));
    expect(withScratchFile(node, 'x', content, (folder) => folder)).toMatch(/^\/dev\/shm\/thaw-graph-/);
  });
});

describe('without any folder for temporary files', () => {
  const nowhere = () => {
    vi.stubEnv('TMPDIR', join(parent, 'gone'));
    const mkdirSync = node.fs.mkdirSync;
    vi.spyOn(node.fs, 'mkdirSync').mockImplementation((path, options) => {
      if (String(path).includes('thaw-graph-'))
        throw new Error(`EROFS: read-only file system, mkdir '${path}'`);
      return mkdirSync(path, options);
    });
  };

  test('nothing is used, and the error says what to set', () => {
    nowhere();
    const use = vi.fn();
    expect(() => withScratchFile(node, 'x', content, use)).toThrow(NoScratchFolderError);
    expect(() => withScratchFile(node, 'x', content, use)).toThrow(/EROFS.*set TMPDIR/);
    expect(use).not.toHaveBeenCalled();
  });

  test('training goes on op by op, with the same losses, and says why; so does prediction', async () => {
    const learn = async () => {
      const notes: string[] = [];
      const model = classifier(tinyBackbone(), { labels: LABELS, dropout: 0 });
      const { history } = await fineTune(model, {
        train: tinyImages(32),
        head: false,
        thaw: { epochs: 2, learningRate: 1e-3 },
        callbacks: [{ onNote: (text) => void notes.push(text) }],
      });
      return {
        notes,
        losses: history.map(({ loss }) => loss),
        scores: (await predict(model, tinyImages(80))).data,
      };
    };
    const graph = await learn();
    nowhere();
    const steps = await learn();
    expect(graph.notes).toEqual([]);
    expect(steps.notes).toEqual([expect.stringMatching(/op by op, not as one graph: .*EROFS.*set TMPDIR/)]);
    for (const [i, loss] of steps.losses.entries()) expect(loss).toBeCloseTo(graph.losses[i], 4);
    for (const [i, score] of steps.scores.entries()) expect(score).toBeCloseTo(graph.scores[i], 4);
  });
});
