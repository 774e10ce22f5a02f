import type { Evaluation } from '@thawjs/core';
import { type OutputFolder, predictionsCsv } from '@thawjs/report';

/** Writes the numbers of an evaluation as `evaluation.json`, and what they are of, image by image, as `scores.csv`. */
export async function writeEvaluation(evaluation: Evaluation, out: OutputFolder): Promise<void> {
  const { ids, labels, yTrue, yScore, thresholds } = evaluation;
  await out.write('scores.csv', predictionsCsv({ ids, labels, yTrue, probabilities: yScore, thresholds }));
  await out.write('evaluation.json', `${JSON.stringify(evaluation, null, 2)}\n`);
}
