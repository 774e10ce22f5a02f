import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
  type ZipWriterConstructorOptions,
} from '@zip.js/zip.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openZip } from '../../src/zip/open-zip';

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-zip-'));
});
afterAll(() => rm(folder, { recursive: true }));

const text = (content: string) => new TextEncoder().encode(content);
const LONG = 'one face and another '.repeat(200);

async function zip(
  files: Record<string, string>,
  options: ZipWriterConstructorOptions & { comment?: string } = {},
): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, ...options });
  for (const [name, content] of Object.entries(files))
    await writer.add(name, new Uint8ArrayReader(text(content)));
  return writer.close(options.comment ? text(options.comment) : undefined);
}

async function onDisk(bytes: Uint8Array): Promise<string> {
  const path = join(folder, `${made++}.zip`);
  await writeFile(path, bytes);
  return path;
}

const readAs = async (bytes: Uint8Array, name = 'a.jpg') => {
  const { file } = await openZip(await onDisk(bytes));
  return Buffer.from(await file(name)!()).toString();
};

describe('openZip', () => {
  it.each([
    ['stored', { level: 0 }],
    ['deflated', { level: 9 }],
    ['zip64', { zip64: true }],
    ['sizes after the data', { dataDescriptor: true }],
    ['zip64 with sizes after the data', { zip64: true, dataDescriptor: true, level: 0 }],
    ['a comment at the end', { comment: 'PK\x05\x06 looks like an end, but is a comment' }],
    ['a long extra field before the data', { extraField: new Map([[0x9999, new Uint8Array(5000)]]) }],
  ] as const)('reads an entry of a zip with %s', async (_, options) => {
    const files = { 'faces/b.jpg': 'other', 'faces/a.jpg': LONG, 'faces/é.jpg': 'accented' };
    const bytes = await zip(files, options as ZipWriterConstructorOptions);
    expect(await readAs(bytes)).toBe(LONG);
    expect(await readAs(bytes, 'é.jpg')).toBe('accented');
  });

  it('finds entries that a writer without zip64 counts modulo 65,536', async () => {
    const bytes = Buffer.from(await zip({ 'a.jpg': LONG, 'b.jpg': 'b' }));
    const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    bytes.writeUInt16LE(1, end + 8);
    bytes.writeUInt16LE(1, end + 10);
    expect(await readAs(bytes, 'b.jpg')).toBe('b');
  });

  it('knows entries by file name alone, so that a name that climbs out leads nowhere', async () => {
    const { file, images } = await openZip(await onDisk(await zip({ '../../etc/a.jpg': 'in the zip' })));
    expect(Buffer.from(await file('a.jpg')!()).toString()).toBe('in the zip');
    expect(file('../../etc/a.jpg')).toBeUndefined();
    expect(images!.has('a.jpg')).toBe(true);
  });

  it('tells of each image, without reading it, what changes with its content', async () => {
    const told = async (content: string) => {
      const { images } = await openZip(await onDisk(await zip({ 'a.jpg': 'one', 'b.jpg': content })));
      const source = images!.source(['b.jpg', 'a.jpg']);
      return [0, 1].map((index) => source.fingerprint!(index));
    };
    const [b, a] = await told('two');
    expect(await told('two')).toEqual([b, a]);
    const changed = await told('2wo');
    expect(changed[0]).not.toBe(b);
    expect(changed[1]).toBe(a);
  });

  it('has no images where there are none, and the empty file where it is empty', async () => {
    const { file, images } = await openZip(await onDisk(await zip({ 'folder/': '', 'list.txt': '' })));
    expect(images).toBeUndefined();
    expect(file('folder')).toBeUndefined();
    expect((await file('list.txt')!()).length).toBe(0);
  });

  it('notices a byte that changed', async () => {
    const bytes = await zip({ 'a.jpg': LONG }, { level: 0 });
    bytes[200] ^= 1;
    await expect(readAs(bytes)).rejects.toThrow(
      /a\.jpg in .*\.zip: the entry is damaged: its CRC-32 is another/,
    );
  });

  it('refuses an entry that inflates to more than it says', async () => {
    const bytes = Buffer.from(await zip({ 'a.jpg': LONG }));
    bytes.writeUInt32LE(10, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 24);
    await expect(readAs(bytes)).rejects.toThrow('the entry does not inflate to its 10 bytes');
  });

  it('refuses an entry that says it is huge, before making room for it', async () => {
    const bytes = Buffer.from(await zip({ 'a.jpg': LONG }));
    bytes.writeUInt32LE(0xfffffff0, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 24);
    await expect(readAs(bytes)).rejects.toThrow('the entry says that it has 4294967280 bytes');
  });

  it('refuses an entry that the directory gives another one, with its place, sizes and CRC-32', async () => {
    const bytes = Buffer.from(await zip({ 'a.jpg': LONG, 'b.jpg': 'b' }));
    const [a, b] = [0, 1].map((from) =>
      bytes.indexOf('PK\x01\x02', from && bytes.indexOf('PK\x01\x02', 0, 'latin1') + 1, 'latin1'),
    );
    bytes.copy(bytes, a + 8, b + 8, b + 46);
    await expect(readAs(bytes)).rejects.toThrow('the entry is not where the directory says');
    expect(await readAs(bytes, 'b.jpg')).toBe('b');
  });

  it('refuses an encrypted entry', async () => {
    const bytes = await zip({ 'a.jpg': LONG }, { password: 'secret' });
    await expect(readAs(bytes)).rejects.toThrow('the entry is encrypted');
  });

  it('ends in bytes or in a named error, whatever bytes are changed, and however it is cut', async () => {
    const whole = await zip({ 'x/a.jpg': LONG, 'x/b.jpg': 'b' }, { zip64: true });
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
      maxLength: 4,
    });
    // most faults of interest are in the directory, so half of the cases cut or change the end
    const shift = fc.constantFrom(0, whole.length - 250);
    await fc.assert(
      fc.asyncProperty(changes, shift, fc.constantFrom(0, 0, 0, 7, 150), async (edits, from, cut) => {
        const bytes = whole.slice(0, whole.length - cut);
        for (const [at, value] of edits) bytes[Math.min(from + (at % 250), bytes.length - 1)] = value;
        try {
          const { file } = await openZip(await onDisk(bytes));
          for (const name of ['a.jpg', 'b.jpg']) await file(name)?.();
        } catch (error) {
          expect(error).toMatchObject({ name: expect.stringMatching(/^(ZipFormat|TruncatedZip)Error$/) });
        }
      }),
      { numRuns: 300 },
    );
  });
});
