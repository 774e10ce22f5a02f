import type { Evaluation } from '@thawjs/core';

/** Gives the numbers of an evaluation that came from the worker the methods that core's have. */
export async function printableEvaluation(evaluation: Evaluation): Promise<Evaluation> {
  // Imported on use: a page that doesn't evaluate hasn't the tables' code.
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
