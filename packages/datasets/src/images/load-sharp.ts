import { setUpSharp } from '@thawjs/images';

type Sharp = typeof import('sharp').default;
let loaded: Promise<Sharp> | undefined;

/** Loads sharp when the first image is decoded, so that a dataset of labels alone doesn't load it. */
export function loadSharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => setUpSharp(sharp));
  return loaded;
}
