import { BlobReader, BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, test } from 'vitest';
import { fileKind } from '../../src/files/incoming-file';
import { readZip, type ZipLimits } from '../../src/files/read-zip';
import { writeZip } from '../../src/files/write-zip';

async function read(zip: Blob, limits?: ZipLimits) {
  const problems: string[] = [];
  const files: { path: string; text: string }[] = [];
  for await (const { path, file } of readZip(new File([zip], 'my.zip'), (p) => problems.push(p), limits)) {
    files.push({ path, text: await file.text() });
  }
  return { files, problems };
}

test('a zip that writeZip made gives its files again, and what systems put beside them stays out', async () => {
  const zip = await writeZip([
    { path: 'cats/1.png', content: 'pixels' },
    { path: 'labels.csv', content: 'image,cat\n', compress: true },
    { path: '__MACOSX/cats/._1.png', content: 'x' },
    { path: 'cats/.DS_Store', content: 'x' },
    { path: 'inner.zip', content: 'x' },
  ]);
  expect(await read(zip)).toEqual({
    files: [
      { path: 'cats/1.png', text: 'pixels' },
      { path: 'labels.csv', text: 'image,cat\n' },
    ],
    problems: [],
  });
});

describe('a zip that inflates to too much', () => {
  const zeros = (bytes: number) => new Uint8Array(bytes);
  const limits: ZipLimits = { fileBytes: 2 ** 20, allBytes: 3 * 2 ** 20, files: 4 };

  test('loses the file that is too large, and keeps the others', async () => {
    const zip = await writeZip([
      { path: 'bomb.png', content: zeros(2 ** 20 + 1), compress: true },
      { path: 'good.png', content: 'pixels' },
    ]);
    expect(await read(zip, limits)).toEqual({
      files: [{ path: 'good.png', text: 'pixels' }],
      problems: ['"bomb.png" in "my.zip" has more than 1 MB and was left out.'],
    });
  });

  test('is counted, too, if the size that the zip declares is a lie', async () => {
    const zip = await writeZip([{ path: 'bomb.png', content: zeros(2 ** 20 + 1), compress: true }]);
    const bytes = new Uint8Array(await zip.arrayBuffer());
    const view = new DataView(bytes.buffer);
    // The declared size in the central directory (signature PK\1\2), 24 bytes from its start.
    const at = bytes.findLastIndex(
      (_, i) => view.byteLength - i >= 4 && view.getUint32(i, true) === 0x02014b50,
    );
    view.setUint32(at + 24, 10, true);
    const { files, problems } = await read(new Blob([bytes]), limits);
    expect(files).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  test('is refused as a whole if all files together are too large', async () => {
    const zip = await writeZip(
      ['1', '2', '3', '4'].map((n) => ({ path: `${n}.png`, content: zeros(2 ** 20), compress: true })),
    );
    await expect(read(zip, limits)).rejects.toThrow(
      '"my.zip" inflates to more than 3 MB. Make several zips of it.',
    );
  });

  test('is refused as a whole if it has too many files', async () => {
    const zip = await writeZip(['1', '2', '3', '4', '5'].map((n) => ({ path: `${n}.png`, content: n })));
    await expect(read(zip, limits)).rejects.toThrow('"my.zip" has 5 files; 4 can be opened.');
  });
});

test('a file that is no zip is refused', async () => {
  await expect(read(new Blob(['no zip']))).rejects.toThrow(
    /^"my.zip" can't be read as a zip \(.+\)\. Make the zip again\.$/,
  );
});

test('a zip with a password is refused', async () => {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  await writer.add('a.png', new TextReader('pixels'), { password: 'secret' });
  await expect(read(await writer.close())).rejects.toThrow('"my.zip" is locked by a password.');
});

test('a damaged file is named, and the others follow', async () => {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  await writer.add('a.png', new BlobReader(new Blob(['pixels '.repeat(100)])));
  await writer.add('b.png', new BlobReader(new Blob(['pixels'])), { level: 0 });
  const bytes = new Uint8Array(await (await writer.close()).arrayBuffer());
  bytes.fill(0xff, 35, 45);
  const { files, problems } = await read(new Blob([bytes]));
  expect(files.map(({ path }) => path)).toEqual(['b.png']);
  expect(problems).toEqual([expect.stringContaining('"a.png" in "my.zip" is damaged')]);
});

test.each([
  ['cats/1.JPG', '', 'image'],
  ['photo', 'image/png', 'image'],
  ['labels.csv', 'text/csv', 'csv'],
  ['labels.tsv', '', 'csv'],
  ['coco.json', '', 'json'],
  ['all.zip', '', 'zip'],
  ['.hidden/1.png', '', 'other'],
  ['__MACOSX/1.png', '', 'other'],
  ['film.mp4', 'video/mp4', 'other'],
] as const)('%s of type "%s" is taken as %s', (path, type, kind) => {
  expect(fileKind({ path, file: new File([], path, { type }) })).toBe(kind);
});
