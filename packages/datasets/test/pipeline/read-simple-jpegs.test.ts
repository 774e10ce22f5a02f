import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_SIMPLE_BYTES } from '@thawjs/images';
import { afterAll, expect, it } from 'vitest';
import { readSimpleJpegs } from '../../src/pipeline/read-simple-jpegs';
import fixture from '../fixtures/jpegs.json';

const folder = mkdtempSync(join(tmpdir(), 'thaw-read-'));
afterAll(() => rmSync(folder, { recursive: true }));
const simple = fixture.simple.map(({ file }) => Buffer.from(file, 'base64'));
const written = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const paths = simple.map((bytes, i) => written(`${i}.jpg`, bytes));
const limits = { pixels: 2 ** 19, bytes: 2 ** 25 };

it('reads the bytes of each file, all into one memory', () => {
  const files = readSimpleJpegs(paths, limits);
  expect(files.map((file) => file && Buffer.from(file))).toEqual(simple);
  expect(new Set(files.map((file) => file?.buffer)).size).toBe(1);
});

it('leaves out what is no simple JPEG, and what it should not wait for or hold', () => {
  mkdirSync(join(folder, 'folder.jpg'));
  // Opening a pipe to which nobody writes would wait for good.
  execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
  const others = [
    join(folder, 'missing.jpg'),
    join(folder, 'folder.jpg'),
    join(folder, 'pipe.jpg'),
    written('empty.jpg', new Uint8Array(0)),
    written('text.jpg', Buffer.from('no image')),
    written('long.jpg', Buffer.concat([simple[0], Buffer.alloc(MOST_SIMPLE_BYTES)])),
    ...fixture.others
      .filter(({ name }) => name !== 'cut off')
      .map(({ name, file }) => written(`other ${name}.jpg`, Buffer.from(file, 'base64'))),
  ];
  const files = readSimpleJpegs([...others, paths[0]], limits);
  expect(files.slice(0, -1)).toEqual(others.map(() => undefined));
  expect(files.at(-1)).toEqual(new Uint8Array(simple[0]));
});

it('reads no more bytes than allowed, nor images of more pixels', () => {
  const room = simple[0].length + simple[1].length;
  const found = readSimpleJpegs([paths[0], paths[1], paths[0]], { ...limits, bytes: room });
  expect(found.map((file) => file !== undefined)).toEqual([true, true, false]);
  expect(readSimpleJpegs(paths, { ...limits, pixels: 1 })).toEqual(paths.map(() => undefined));
});
