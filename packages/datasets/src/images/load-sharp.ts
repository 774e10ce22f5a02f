import { setUpSharp } from '@thawjs/images';

type Sharp = typeof import('sharp').default;
let loaded: Promise<Sharp> | undefined;

/** sharp, loaded when the first image is decoded; a dataset of labels alone never pays for it. */
export function loadSharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => setUpSharp(sharp));
  return loaded;
}
