import { writeFileSync } from 'node:fs';

/** The share of rows that have each of CelebA's 40 attributes. Nothing else of CelebA is used here. */
const PREVALENCES = [
  0.11, 0.27, 0.51, 0.2, 0.02, 0.15, 0.24, 0.23, 0.24, 0.15, 0.05, 0.21, 0.14, 0.06, 0.05, 0.07, 0.06, 0.04,
  0.39, 0.46, 0.42, 0.48, 0.04, 0.12, 0.83, 0.28, 0.04, 0.28, 0.08, 0.07, 0.06, 0.48, 0.21, 0.32, 0.19, 0.05,
  0.47, 0.12, 0.07, 0.77,
];

/** Files of labels and scores, which both sides read. */
export interface DataFiles {
  readonly rows: number;
  readonly columns: number;
  /** Labels, one byte each, row-major. */
  readonly truth: string;
  /** Scores, little-endian 32-bit floats, row-major. */
  readonly scores: string;
}

/**
 * Writes seeded labels with CelebA's prevalences, and the probabilities of a fair classifier (macro AUC about 0.9;
 * equal scores occur only by chance). They depend only on the seed and the sizes.
 */
export function makeData(folder: string, rows: number, columns = PREVALENCES.length): DataFiles {
  const random = generator(20_240_611);
  const truth = new Uint8Array(rows * columns);
  const scores = new Float32Array(rows * columns);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      const share = PREVALENCES[column];
      truth[index] = random() < share ? 1 : 0;
      const logit = Math.log(share / (1 - share)) + 1.8 * (truth[index] - 0.5) + normal(random);
      scores[index] = 1 / (1 + Math.exp(-logit));
    }
  }
  const files = {
    truth: `${folder}/truth-${rows}x${columns}.u8`,
    scores: `${folder}/scores-${rows}x${columns}.f32`,
  };
  writeFileSync(files.truth, truth);
  writeFileSync(files.scores, scores);
  return { rows, columns, ...files };
}

/** Mulberry32: uniform in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Box and Muller's transform. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
