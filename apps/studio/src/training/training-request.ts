import type { WorkerFineTuneOptions } from '@thawjs/browser';
import type { HostedBackbone } from './hosted-backbones';
import type { TrainingSet } from './training-set';

/** The user's choices for a training. */
export interface TrainingChoice {
  readonly backbone: HostedBackbone;
  /** The side of the network's input images, in pixels. */
  readonly size: number;
  /** Whether the whole network is trained; otherwise only the new head. */
  readonly fineTune: boolean;
  /** Epochs of fine-tuning. Undefined: chosen from the number of images. */
  readonly epochs?: number | undefined;
  /** Whether to augment the training images: mirror, turn and zoom them a little. */
  readonly augment: boolean;
}

/** A training with all its options. It is stored until the training ends, so that a reload can continue it. */
export interface TrainingRequest {
  readonly choice: TrainingChoice;
  readonly set: TrainingSet;
  /** The address at which the run is stored: `indexeddb://…`. */
  readonly out: string;
}

/** The sides that the user can choose; smaller ones are faster. */
export const SIZES = [64, 96, 128, 160, 192, 224, 256] as const;

/** The first proposal of a side for a network: a compromise between speed and accuracy in a browser. */
export function firstSize({ size }: HostedBackbone): number {
  return Math.min(size, 160);
}

/** The options of Thaw for the user's choices. Thaw chooses the other options from the data. */
export function fineTuneOptions({
  fineTune,
  epochs,
  augment,
}: TrainingChoice): Pick<WorkerFineTuneOptions, 'thaw' | 'augment'> {
  return {
    ...(!fineTune && { thaw: false as const }),
    ...(fineTune && epochs !== undefined && { thaw: { epochs } }),
    ...(!augment && { augment: false as const }),
  };
}
