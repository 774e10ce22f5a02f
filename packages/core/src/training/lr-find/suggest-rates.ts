/** A learning rate per rule; undefined if the loss doesn't fall, or the curve is too short. */
export interface RateSuggestions {
  /** The rate at half of the longest fall of the loss: steep enough, and far from where the loss rises. fastai's default. */
  readonly valley?: number;
  /** The rate at which the loss falls fastest. */
  readonly steep?: number;
}

/**
 * Suggests learning rates from a curve of losses over rising rates, by the rules of fastai's `valley` and `steep`.
 *
 * As in fastai, the first tenth of the planned steps and the last five are left out.
 *
 * @param steps the number of steps that were planned; the curve may be shorter.
 */
export function suggestRates(
  rates: readonly number[],
  losses: readonly number[],
  steps: number,
): RateSuggestions {
  const from = Math.floor(steps / 10);
  const [x, y] = [rates, losses].map((numbers) => numbers.slice(from, -5));
  if (y.length < 2) return {};
  return {
    ...suggestion('valley', x[valleyIndex(y)]),
    ...suggestion('steep', x[steepIndex(x, y)]),
  };
}

function suggestion(name: keyof RateSuggestions, rate: number | undefined): RateSuggestions {
  return rate === undefined ? {} : { [name]: rate };
}

/** The index at half of the longest falling subsequence: a third and a sixth of its length before its end. */
function valleyIndex(losses: readonly number[]): number {
  // Per index, the length of the longest falling subsequence that ends there.
  const lengths: number[] = [];
  for (const [i, loss] of losses.entries()) {
    let before = 0;
    for (let j = 0; j < i; j++) if (loss < losses[j]) before = Math.max(before, lengths[j]);
    lengths.push(before + 1);
  }
  const longest = Math.max(...lengths);
  if (longest === 1) return -1;
  const start = lengths.indexOf(longest) - longest;
  return start + Math.floor(longest / 3) + Math.floor(longest / 6);
}

/** The index of the largest fall per change of the rate's logarithm; −1 if there is no fall. */
function steepIndex(rates: readonly number[], losses: readonly number[]): number {
  const slopes = rates
    .slice(1)
    .map((rate, i) => (losses[i + 1] - losses[i]) / (Math.log(rate) - Math.log(rates[i])));
  const least = Math.min(...slopes);
  return least < 0 ? slopes.indexOf(least) : -1;
}
