/**
 * The rounds of a successive halving: the share of its epochs that a trial may run to, and how many trials of the round go
 * on to the next.
 *
 * Jamieson and Talwalkar, 2016 (arXiv:1502.07943): each round gives `factor` times the epochs to the best `1 / factor` of
 * the trials. Only as many rounds as leave one trial or more.
 */
export function halvingRounds(
  trials: number,
  factor: number,
): readonly { readonly share: number; readonly keep: number }[] {
  const rounds = Math.floor(Math.log(trials) / Math.log(factor) + 1e-9);
  return Array.from({ length: rounds + 1 }, (_, round) => ({
    share: factor ** (round - rounds),
    keep: round === rounds ? 0 : Math.max(1, Math.floor(trials / factor ** (round + 1))),
  }));
}
