import { resizeBilinear } from '@thawjs/images';
import { OptionError } from '../errors';
import type { LabelledBatch } from '../labelled-images';
import type { OptionRule } from '../options/check-options';

/**
 * The views of each image whose logits are averaged: the image itself and
 *
 * - with `flip`, its mirror image, which must have the same labels: where left and right are labels, don't flip;
 * - with `crops`, its four corners and its centre, each of this share of the sides (above 0 and below 1, such as 0.9) and
 *   enlarged to the whole size; with `flip` these are mirrored, too.
 *
 * `'flip'` means `{ flip: true }`. Each view takes the time of one prediction.
 */
export type Augment = 'flip' | { readonly flip?: boolean; readonly crops?: number };

/** Pixels `[images, height, width, channels]` from 0 to 255. */
type Pixels = Pick<LabelledBatch, 'pixels' | 'shape'>;

/** Makes one view of each image of a batch. */
export type View = (batch: Pixels) => LabelledBatch['pixels'];

/** The rule of `augment`. */
export const augmentRule: OptionRule = {
  accepts: (value) => value === 'flip' || isAugment(value),
  expected: "to be 'flip' or { flip, crops } with crops above 0 and below 1",
};

function isAugment(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { flip, crops, ...others } = value as Record<string, unknown>;
  const isShare = typeof crops === 'number' && crops > 0 && crops < 1;
  return (
    Object.keys(others).length === 0 &&
    (flip === undefined || typeof flip === 'boolean') &&
    (crops === undefined || isShare) &&
    (flip === true || isShare)
  );
}

/** The views of an option; one that changes nothing without it. */
export function viewsOf(augment: Augment | undefined): readonly View[] {
  const { flip = false, crops } = augment === 'flip' ? { flip: true } : (augment ?? {});
  const whole: View = ({ pixels }) => pixels;
  const parts = crops === undefined ? [] : PLACES.map((place) => croppedTo(crops, place));
  const all = [whole, ...parts];
  if (!flip) return all;
  return all.flatMap((view) => [view, (batch) => mirrored({ ...batch, pixels: view(batch) })]);
}

/** Corners and centre, as shares of the room that a crop leaves. */
const PLACES = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
  [0.5, 0.5],
] as const;

function mirrored({ pixels, shape: [images, height, width, channels] }: Pixels): LabelledBatch['pixels'] {
  const out = pixels.slice();
  for (let row = 0; row < images * height; row++) {
    for (let x = 0; x < width; x++) {
      const from = (row * width + x) * channels;
      const to = (row * width + width - 1 - x) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = pixels[from + c];
    }
  }
  return out;
}

function croppedTo(share: number, [down, along]: readonly [number, number]): View {
  return ({ pixels, shape: [images, height, width, channels] }) => {
    if (channels !== 3) {
      throw new OptionError(
        `predict: expected images of 3 channels for augment with crops; received ${channels}. Take augment: 'flip'.`,
      );
    }
    const rows = Math.max(1, Math.round(height * share));
    const columns = Math.max(1, Math.round(width * share));
    const top = Math.round((height - rows) * down);
    const left = Math.round((width - columns) * along);
    const size = height * width * channels;
    const out = pixels.slice();
    const part = pixels.slice(0, rows * columns * channels);
    for (let image = 0; image < images; image++) {
      for (let row = 0; row < rows; row++) {
        const start = image * size + ((top + row) * width + left) * channels;
        part.set(pixels.subarray(start, start + columns * channels), row * columns * channels);
      }
      const target = out.subarray(image * size, (image + 1) * size);
      resizeBilinear({ data: part, width: columns, height: rows }, [height, width], target);
    }
    return out;
  };
}
