import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../../../shared/seed/', import.meta.url);
const FILE = new URL('ResNet50_CelebA_predictions.csv', FOLDER);

/** Whether the original project's files lie beside the checkout. */
export const seedIsPresent = existsSync(FILE);

/** The original project's test predictions, decisions and not scores; empty where they are absent. */
export function readSeedPredictions(): { yTrue: number[][]; yPred: number[][]; labels: string[] } {
  if (!seedIsPresent) return { yTrue: [], yPred: [], labels: [] };
  // NumPy vectors as printed, wrapped over lines.
  const vectors = Array.from(readFileSync(FILE, 'utf8').matchAll(/"\[([^\]]*)\]"/g), ([, text]) =>
    text.trim().split(/\s+/).map(Number),
  );
  const [header] = readFileSync(new URL('attr_celeb_a_sample.csv', FOLDER), 'utf8').split(/\r?\n/, 1);
  return {
    yTrue: vectors.filter((_, at) => at % 2 === 0),
    yPred: vectors.filter((_, at) => at % 2 === 1),
    labels: header.split(',').slice(1),
  };
}
