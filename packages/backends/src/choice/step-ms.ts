import { smallStep } from './small-step';

/** A step of the kind that fine-tuning a small network has: about 50 ms on wasm. */
const SIZE = { images: 8, side: 64, channels: 32 };
const RUNS = 3;
/** A backend whose first step takes longer isn't measured further, in milliseconds. */
const TOO_SLOW_MS = 2000;

/** The time of a training step on the backend in use, in milliseconds: the fastest of a few, after one that warms up. */
export async function stepMs(): Promise<number> {
  const first = await timed();
  if (first > TOO_SLOW_MS) return first;
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) best = Math.min(best, await timed());
  return best;
}

async function timed(): Promise<number> {
  const start = performance.now();
  await smallStep(SIZE);
  return performance.now() - start;
}
