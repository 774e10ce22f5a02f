import type { Evaluation } from '@thawjs/core';

/** Adds the methods of core's evaluations to an evaluation that came from the worker. */
export async function printableEvaluation(evaluation: Evaluation): Promise<Evaluation> {
  // Imported on use, so that a page that doesn't evaluate doesn't load the code of the tables.
  const { formatEvaluation, formatReport } = await import('@thawjs/metrics');
  const { yTrue: _, yScore: __, known: ___, ids: ____, ...numbers } = evaluation;
  const hidden = <Made>(make: () => Made) => ({ value: make });
  Object.defineProperties(evaluation.atHalf, {
    toString: hidden(() => formatReport(evaluation.atHalf)),
  });
  return Object.defineProperties(evaluation, {
    toString: hidden(() => formatEvaluation(evaluation)),
    toJSON: hidden(() => numbers),
  });
}
