import type { BackboneOptions, ClassifierOptions } from '@thawjs/core';

/**
 * The network, labels and options from which a worker makes a classifier: options of core's `backbone` and
 * `classifier`.
 */
export interface ClassifierRequest
  extends Omit<ClassifierOptions, 'preprocessing' | 'output'>,
    Pick<BackboneOptions, 'weights' | 'inputSize' | 'download'> {
  /**
   * The name of a network in core's `backbones()`, `'face_resnet'`, or one of the `backbones` given to `serveTraining`.
   */
  readonly backbone: string;
}
