import type {
  ClassifierOptions,
  FineTuneOptions,
  HeadOptions,
  ThawOptions,
} from '../../packages/core/src/index';

/** One row: everything that a run is told beside its data and its seed. */
export interface Configuration {
  readonly name: string;
  /** Height and width of the images. */
  readonly size: readonly [height: number, width: number];
  readonly classifier: Omit<ClassifierOptions, 'labels' | 'seed'>;
  readonly augment: { readonly flip?: boolean; readonly rotation?: number; readonly zoom?: number };
  readonly head: HeadOptions | false;
  readonly thaw: ThawOptions | false;
  /** Other options of `fineTune`. */
  readonly options: Pick<FineTuneOptions, 'batchSize' | 'precision' | 'recompute'>;
  /** The row that it must not be worse than, and by how much in macro AUC at most. */
  readonly against?: { readonly name: string; readonly tolerance: number };
}

/** The worked example's recipe with fewer epochs: the difference between two rows, not the best figure, is what counts. */
const SHORT: Configuration = {
  name: 'face network, float32',
  size: [184, 150],
  classifier: { dropout: 0.5, featureStages: ['conv3', 'conv4', 'conv5'] },
  augment: { flip: true },
  head: { epochs: 6, learningRate: 2e-3 },
  thaw: { epochs: 1, learningRate: 1e-4, freezeFirst: 10, batchNorm: 'affine' },
  options: { batchSize: 32, precision: 'float32' },
};

export const configurations: readonly Configuration[] = [
  SHORT,
  {
    ...SHORT,
    name: 'face network, bfloat16',
    options: { ...SHORT.options, precision: 'bfloat16' },
    against: { name: SHORT.name, tolerance: 0.002 },
  },
];
