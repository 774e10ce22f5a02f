/** One task of all sides. A side answers a question with the milliseconds of one unit. */
export interface Measure {
  readonly name: string;
  /** The unit of each side. A fine-tune step has BatchNormalization frozen, an affine one on fixed statistics. */
  readonly unit: 'forward' | 'fine' | 'affine' | 'bn' | 'head' | 'seed';
  /** The network; default ResNet50. In steps of other networks all layers learn. */
  readonly network?: 'mobilenet_v2' | 'efficientnet_lite0';
  /** Set if our side trains with a custom loss. Its peer is then our side with the built-in loss, not Keras. */
  readonly customLoss?: boolean;
  readonly batchSize: number;
  /** The number of images of a unit, by which its time is divided. Images of several epochs count several times. */
  readonly images: number;
  /** The number of units of each side, in turns. */
  readonly rounds: number;
  /** How the units of all rounds become one figure: the fastest, or the sum if the units are epochs of one run. */
  readonly of: 'fastest' | 'sum';
  /** The number of units, ours and Keras', before those that count. Graphs are built in them. */
  readonly warmUp: number;
  /** The ratio to reach: the first peer's time divided by ours. */
  readonly goal: number;
  /**
   * Set if our side computes in bfloat16: the ratio to reach against Keras under `mixed_bfloat16`, besides that against
   * Keras in float32.
   */
  readonly mixedGoal?: number;
  /**
   * The number of rounds in which TensorFlow.js as shipped takes part. One head phase takes it a quarter of an hour.
   */
  readonly tfjsRounds: number;
}

const step = { images: 32, rounds: 7, of: 'fastest', warmUp: 1, tfjsRounds: 1 } as const;

export const measures: readonly Measure[] = [
  { ...step, name: 'forward-16', unit: 'forward', batchSize: 16, goal: 1.2 },
  { ...step, name: 'forward-32', unit: 'forward', batchSize: 32, goal: 1.2 },
  {
    ...step,
    name: 'forward-32-bf16',
    unit: 'forward',
    batchSize: 32,
    rounds: 10,
    goal: 1.8,
    mixedGoal: 1,
    tfjsRounds: 0,
  },
  { ...step, name: 'fine-tune-step-16', unit: 'fine', batchSize: 16, goal: 1.2 },
  { ...step, name: 'fine-tune-step-32', unit: 'fine', batchSize: 32, goal: 1.2 },
  {
    ...step,
    name: 'fine-tune-step-16-bf16',
    unit: 'fine',
    batchSize: 16,
    rounds: 10,
    goal: 2,
    mixedGoal: 1.2,
    tfjsRounds: 0,
  },
  { ...step, name: 'affine-step-16', unit: 'affine', batchSize: 16, goal: 1.2 },
  { ...step, name: 'bn-training-step-16', unit: 'bn', batchSize: 16, goal: 1 },
  // A step of a small network, in which the loss takes a larger share.
  {
    ...step,
    name: 'custom-loss-step-16',
    unit: 'fine',
    network: 'mobilenet_v2',
    customLoss: true,
    batchSize: 16,
    rounds: 15,
    goal: 1 / 1.05,
    tfjsRounds: 0,
  },
  ...(['mobilenet_v2', 'efficientnet_lite0'] as const).flatMap((network): Measure[] => [
    {
      ...step,
      name: `${network}-forward-32`,
      unit: 'forward',
      network,
      batchSize: 32,
      rounds: 15,
      goal: 1.2,
    },
    { ...step, name: `${network}-step-16`, unit: 'fine', network, batchSize: 16, goal: 1.2 },
  ]),
  {
    name: 'head-phase',
    unit: 'head',
    batchSize: 32,
    images: 320,
    rounds: 1,
    of: 'fastest',
    warmUp: 0,
    goal: 5,
    tfjsRounds: 0,
  },
  {
    name: 'seed-recipe',
    unit: 'seed',
    batchSize: 32,
    images: 64,
    rounds: 28,
    of: 'sum',
    warmUp: 0,
    goal: 1.5,
    tfjsRounds: 0,
  },
];
