import type { BackboneOptions, ClassifierOptions } from '@thawjs/core';

/** What a classifier in a worker is made of: options of core's `backbone` and `classifier`. */
export interface ClassifierRequest
  extends Omit<ClassifierOptions, 'preprocessing' | 'output'>,
    Pick<BackboneOptions, 'weights' | 'inputSize' | 'download'> {
  /** A network's name in core's `backbones()`, `'face_resnet'`, or one of the `backbones` that `serveTraining` was given. */
  readonly backbone: string;
}
