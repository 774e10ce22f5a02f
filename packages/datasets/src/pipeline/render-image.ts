import { resizeBilinear } from '@thawjs/images';
import { drawVariation, type Variation } from '../augmentation/draw-variation';
import { frameMap } from '../framing/frame-map';
import { composeMaps } from '../images/compose-maps';
import type { RgbImage } from '../images/rgb-image';
import { sampleBilinear } from '../images/sample-bilinear';
import { stretchMap } from '../images/stretch-map';
import { applyOperation } from '../pixels/apply-operation';
import { erase } from '../pixels/erase';
import type { ImageRequest } from './image-request';

const UNVARIED: Variation = { operations: [] };

/** Draws an image into `out`, framed, resized and augmented as requested, with a single interpolation. */
export function renderImage(
  image: RgbImage,
  { size, augmentation, framing, ...key }: ImageRequest,
  out: Uint8Array,
): void {
  const [height, width] = size;
  const { map, operations, erasure } = augmentation
    ? drawVariation(augmentation, key, { width, height })
    : UNVARIED;
  if (map || framing) {
    const frame = framing ? frameMap(framing, image, size) : stretchMap(image, size);
    sampleBilinear(image, map ? composeMaps(frame, map) : frame, size, out);
  } else {
    resizeBilinear(image, size, out);
  }
  const drawn = { data: out, width, height };
  for (const operation of operations) applyOperation(drawn, operation);
  if (erasure) erase(drawn, erasure);
}
