import { isSimpleJpeg } from '@thawjs/images';
import type { BatchOptions } from '../batches/batch-options';
import { limited } from '../batches/limited';
import type { ImageSource } from '../images/image-source';
import { DEFAULT_LIMITS } from '../limits/limits';
import { nodeModules } from '../platform/node-modules';
import type { DatasetRecords } from '../records/dataset-records';
import type { BatchDecoder, HeldImages } from './batch-decoder';
import { defaultWorkers } from './default-workers';
import { sharedPool } from './worker-pool';

/** Larger images are drawn one by one, as a batch of them would take much memory. */
const MOST_PIXELS = 2 ** 19;
/** Bytes of encoded images that a batch may hold. */
const MOST_BYTES = 2 ** 25;
const READS_AT_ONCE = 32;

/** The pixels of a batch, of which some images are drawn. */
interface PartlyDrawn {
  /** Held by the decoder if all images are drawn. */
  readonly pixels: Uint8Array | HeldImages;
  /** Whether the image of each row is drawn. Others are to be drawn one by one, which also tells why one can't be. */
  readonly isDrawn: readonly boolean[];
}

/** Draws images of some rows. */
type TogetherDrawer = (rows: Int32Array, stop: AbortSignal) => Promise<PartlyDrawn>;

/**
 * The function that draws a batch's simple JPEGs by `options.decoder`. Without a decoder, or if each image is framed,
 * varied or shrunk in a way of its own, it draws none.
 */
export function togetherDrawer(
  { ids, augmentation, framing, imageIndices, ...records }: DatasetRecords,
  images: ImageSource,
  {
    decoder,
    size,
    resize = records.resize ?? 'tensorflow',
    workers = defaultWorkers(ids.length),
  }: BatchOptions,
): TogetherDrawer {
  const indexOf = (row: number) => imageIndices?.[row] ?? row;
  const mostPixels = Math.min(MOST_PIXELS, images.limits?.pixels ?? DEFAULT_LIMITS.pixels);
  const bytes = size[0] * size[1] * 3;
  // While one batch is decoded, threads read the files of the next batches: if the disk is slow, of several at once.
  const reads = limited(Math.max(1, workers));
  const oneDecodes = limited(1);
  let isWorthwhile = !augmentation && !framing && resize === 'tensorflow';
  return async (rows, stop) => {
    const drawn = decoder && isWorthwhile ? await draw(decoder, rows, stop) : undefined;
    return drawn ?? { pixels: new Uint8Array(rows.length * bytes), isDrawn: [] };
  };

  async function draw(
    decode: BatchDecoder,
    rows: Int32Array,
    stop: AbortSignal,
  ): Promise<PartlyDrawn | undefined> {
    const files = await reads(async () => {
      const found = isWorthwhile ? await filesOf(rows, stop) : [];
      // Other images are read a second time to be drawn.
      isWorthwhile &&= found.filter((file) => file).length >= rows.length / 2;
      return found;
    });
    if (stop.aborted || files.every((file) => !file)) return undefined;
    // If one of them is damaged, each is drawn by itself, which gives the error of the one that it is.
    return oneDecodes(() => drawFiles(decode, files)).catch(() => undefined);
  }

  async function drawFiles(
    decode: BatchDecoder,
    files: readonly (Uint8Array | undefined)[],
  ): Promise<PartlyDrawn> {
    const simple = files.flatMap((file, i) => (file ? [{ file, i }] : []));
    const given = simple.map(({ file }) => file);
    const isDrawn = files.map((file) => file !== undefined);
    if (simple.length === files.length) {
      return { pixels: (await decode.hold?.(given, size)) ?? (await decode(given, size)), isDrawn };
    }
    const decoded = await decode(given, size);
    const pixels = new Uint8Array(files.length * bytes);
    for (const [from, { i }] of simple.entries()) {
      pixels.set(decoded.subarray(from * bytes, (from + 1) * bytes), i * bytes);
    }
    return { pixels, isDrawn };
  }

  /** The files of the rows that are simple JPEGs, undefined for the others. */
  async function filesOf(rows: Int32Array, stop: AbortSignal): Promise<readonly (Uint8Array | undefined)[]> {
    // Decoding blocks this thread. Other threads can read meanwhile.
    const paths = workers > 0 && nodeModules() ? pathsOf(rows) : undefined;
    if (paths) return sharedPool(workers).read(paths, { pixels: mostPixels, bytes: MOST_BYTES });
    const gate = limited(READS_AT_ONCE);
    let room = MOST_BYTES;
    const read = async (row: number) => {
      if (stop.aborted || room <= 0) return undefined;
      const file = await images.read(indexOf(row)).catch(() => undefined);
      if (!file || !isSimpleJpeg(file, mostPixels)) return undefined;
      room -= file.length;
      return file;
    };
    return Promise.all(Array.from(rows, (row) => gate(() => read(row))));
  }

  /** The paths of the rows' images, undefined if one of them isn't a file. */
  function pathsOf(rows: Int32Array): string[] | undefined {
    const paths = Array.from(rows, (row) => images.path?.(indexOf(row))).filter((path) => path !== undefined);
    return paths.length === rows.length ? paths : undefined;
  }
}
