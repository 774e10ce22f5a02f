import type { WorkerFineTuneOptions } from '@thawjs/browser';
import type { HostedBackbone } from './hosted-backbones';
import type { TrainingSet } from './training-set';

/** What the user chooses before a training. */
export interface TrainingChoice {
  readonly backbone: HostedBackbone;
  /** The side of the images that the network sees, in pixels. */
  readonly size: number;
  /** Whether the network learns, too; else only the new head on it. */
  readonly fineTune: boolean;
  /** Epochs of the fine-tuning; undefined: chosen from the number of images. */
  readonly epochs?: number | undefined;
  /** Whether the training images are mirrored, turned and zoomed a little. */
  readonly augment: boolean;
}

/** A training with all that it was told, which is kept until it ends, so that it can go on after a reload. */
export interface TrainingRequest {
  readonly choice: TrainingChoice;
  readonly set: TrainingSet;
  /** Where the run is stored: `indexeddb://…`. */
  readonly out: string;
}

/** The sides that can be chosen; smaller ones are faster. */
export const SIZES = [64, 96, 128, 160, 192, 224, 256] as const;

/** The size for a network at first: a compromise of speed and accuracy in a browser. */
export function firstSize({ size }: HostedBackbone): number {
  return Math.min(size, 160);
}

/** The options of Thaw for a choice. What isn't chosen here, Thaw chooses from the data. */
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
