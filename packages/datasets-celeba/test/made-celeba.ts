import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import sharp from 'sharp';

/** Made up: six images of one grey each, three labels, four people. Image i is grey of value 40·i. */
export const IDS = ['000001.jpg', '000002.jpg', '000003.jpg', '000004.jpg', '000005.jpg', '000006.jpg'];
export const LABELS = ['Bald', 'Smiling', 'Wearing_Hat'];
export const Y = [0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0];
const PARTITION = [0, 0, 0, 1, 2, 2];
export const IDENTITY = [12, 7, 12, 9, 7, 1017];

const signed = (row: number) => LABELS.map((_, column) => (Y[row * 3 + column] === 1 ? ' 1' : '-1'));

/** The official text: count, header with a trailing space, −1/1 padded to two places, CRLF. */
export const ATTRIBUTES = `${IDS.length}\r\n${LABELS.join(' ')} \r\n${IDS.map(
  (id, row) => `${id} ${signed(row).join(' ')}\r\n`,
).join('')}`;

/** Kaggle's csv. */
export const ATTRIBUTES_CSV = `image_id,${LABELS.join(',')}\n${IDS.map(
  (id, row) => `${id},${signed(row).map(Number).join(',')}\n`,
).join('')}`;

export const PARTITION_TEXT = IDS.map((id, row) => `${id} ${PARTITION[row]}\r\n`).join('');
export const IDENTITY_TEXT = IDS.map((id, row) => `${id} ${IDENTITY[row]}\r\n`).join('');

/** The labels with their split and identities, as files beside each other. */
export const TEXTS = {
  'list_attr_celeba.txt': ATTRIBUTES,
  'list_eval_partition.txt': PARTITION_TEXT,
  'identity_CelebA.txt': IDENTITY_TEXT,
};

/** The six images as JPEG (or PNG) files by name, under a folder name that ends in a slash or is empty. */
export async function images(prefix = '', ids = IDS): Promise<Record<string, Uint8Array>> {
  const entries = ids.map(async (id) => {
    const grey = 40 * Number.parseInt(id, 10);
    const image = sharp({
      create: { width: 8, height: 10, channels: 3, background: { r: grey, g: grey, b: grey } },
    });
    const file = await (id.endsWith('.png') ? image.png() : image.jpeg({ quality: 100 })).toBuffer();
    return [prefix + id, new Uint8Array(file)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Writes files under a new temporary folder and gives its path. */
export async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-celeba-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** A zip of files, stored or deflated. */
export async function zipOf(
  files: Record<string, string | Uint8Array>,
  { level = 0, zip64 = false }: { level?: number; zip64?: boolean } = {},
): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level, zip64, useWebWorkers: false });
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await writer.add(name, new Uint8ArrayReader(bytes));
  }
  return writer.close();
}
