import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFaces } from '../src/open-faces';
import { readOptions } from '../src/options';
import { writeSyntheticFaces } from '../src/synthetic-faces';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-open-faces-'));
  await writeSyntheticFaces(folder, { count: 12 });
});

const open = () => openFaces(readOptions(['--data', folder]), () => {});

describe('the faces of a run', () => {
  test('are all that the label file names, without Attractive', async () => {
    const { chosen, note } = await open();
    expect(chosen.length).toBe(12);
    expect(chosen.labels).not.toContain('Attractive');
    expect(note).toBe(`12 of CelebA at ${folder}, 39 labels`);
  });

  test('go without those whose images are not there, and the note counts them', async () => {
    await rm(join(folder, 'img_align_celeba', '000003.jpg'));
    const { all, note } = await open();
    expect(all.ids).not.toContain('000003.jpg');
    expect(note).toBe(
      `11 of CelebA at ${folder}, 39 labels; rows left out, as their images are not there: 1`,
    );
  });
});
