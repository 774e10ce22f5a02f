/** One thing that all sides do. A side answers a question with the milliseconds of one unit of it. */
export interface Measure {
  readonly name: string;
  readonly batchSize: number;
  /** Images that a unit goes through, which its time is divided by; several times where it has several epochs. */
  readonly images: number;
  /** Units by each side, in turns. */
  readonly rounds: number;
  /** How the units of all rounds become a figure: the fastest, or, where they are epochs of one run, their sum. */
  readonly of: 'fastest' | 'sum';
  /** Units of ours and Keras' before those that count, in which graphs are built. */
  readonly warmUp: number;
  /** The ratio to Keras to reach. */
  readonly goal: number;
  /** Set if ours computes in bfloat16: the ratio to Keras under `mixed_bfloat16` to reach, beside that to its float32. */
  readonly mixedGoal?: number;
  /** In how many of the rounds TensorFlow.js as shipped takes part; a head phase takes it a quarter of an hour. */
  readonly tfjsRounds: number;
}

const step = { images: 32, rounds: 8, of: 'fastest', warmUp: 1, tfjsRounds: 1 } as const;

export const measures: readonly Measure[] = [
  { ...step, name: 'forward-16', batchSize: 16, goal: 1.1 },
  { ...step, name: 'forward-32', batchSize: 32, goal: 1.1 },
  { ...step, name: 'forward-32-bf16', batchSize: 32, rounds: 12, goal: 1.8, mixedGoal: 1, tfjsRounds: 0 },
  { ...step, name: 'fine-tune-step-16', batchSize: 16, goal: 1.2 },
  { ...step, name: 'fine-tune-step-32', batchSize: 32, goal: 1.2 },
  {
    ...step,
    name: 'fine-tune-step-16-bf16',
    batchSize: 16,
    rounds: 12,
    goal: 2,
    mixedGoal: 1.2,
    tfjsRounds: 0,
  },
  { ...step, name: 'affine-step-16', batchSize: 16, goal: 1.2 },
  { ...step, name: 'bn-training-step-16', batchSize: 16, goal: 1 },
  {
    name: 'head-phase',
    batchSize: 32,
    images: 500,
    rounds: 1,
    of: 'fastest',
    warmUp: 0,
    goal: 5,
    tfjsRounds: 0,
  },
  {
    name: 'seed-recipe',
    batchSize: 32,
    images: 200,
    rounds: 28,
    of: 'sum',
    warmUp: 0,
    goal: 1.5,
    tfjsRounds: 0,
  },
];
