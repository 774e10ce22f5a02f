/** One thing that all sides do. A side answers a question with the milliseconds of one unit of it. */
export interface Measure {
  readonly name: string;
  /** What a unit of each side does. A fine-tune step has BatchNormalization frozen, an affine one on fixed statistics. */
  readonly unit: 'forward' | 'fine' | 'affine' | 'bn' | 'head' | 'seed';
  /** The network; default ResNet50. Of other networks all layers learn in a step. */
  readonly network?: 'mobilenet_v2' | 'efficientnet_lite0';
  /** Set if ours trains by a custom loss. Its peer is ours by the built-in loss, in place of Keras. */
  readonly customLoss?: boolean;
  readonly batchSize: number;
  /** Images that a unit goes through, which its time is divided by; several times where it has several epochs. */
  readonly images: number;
  /** Units by each side, in turns. */
  readonly rounds: number;
  /** How the units of all rounds become a figure: the fastest, or, where they are epochs of one run, their sum. */
  readonly of: 'fastest' | 'sum';
  /** Units of ours and Keras' before those that count, in which graphs are built. */
  readonly warmUp: number;
  /** The ratio to reach: the first peer's time by ours. */
  readonly goal: number;
  /** Set if ours computes in bfloat16: the ratio to Keras under `mixed_bfloat16` to reach, beside that to its float32. */
  readonly mixedGoal?: number;
  /** In how many of the rounds TensorFlow.js as shipped takes part; a head phase takes it a quarter of an hour. */
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
  // A step of a small network, in which a loss' share is larger.
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
