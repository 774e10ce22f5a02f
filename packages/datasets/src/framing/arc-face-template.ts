import type { LandmarkTemplate } from './framing';

/**
 * The places of the left eye, right eye, nose, left and right corner of the mouth (left in the picture) that ArcFace and
 * most later face networks expect, as fractions of a square image.
 *
 * Source: Deng et al., "ArcFace", 2019; insightface's 112 × 112 reference points. CelebA's five landmarks are these, in
 * this order.
 *
 * @example
 * ```ts
 * import { arcFaceTemplate } from '@thawjs/datasets';
 *
 * console.log(arcFaceTemplate.length); // 5
 * ```
 */
export const arcFaceTemplate: LandmarkTemplate = [
  [38.2946 / 112, 51.6963 / 112],
  [73.5318 / 112, 51.5014 / 112],
  [56.0252 / 112, 71.7366 / 112],
  [41.5493 / 112, 92.3655 / 112],
  [70.7299 / 112, 92.2041 / 112],
];
