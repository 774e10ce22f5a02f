import type { BatchEvent } from '@thawjs/core';

/** The current activity of a training, for the page. */
export interface Progress {
  readonly text: string;
  /** The finished share of the phase, from 0 to 1; undefined if it isn't known. */
  readonly done?: number;
}

const ACTIVITIES: Readonly<Record<BatchEvent['activity'], string>> = {
  features: 'Looking at each image once',
  train: 'Learning',
  validate: 'Checking',
};

const PHASES: Readonly<Record<string, string>> = {
  head: 'first the new head',
  thaw: 'now the whole network',
};

/** Describes the progress after a batch. */
export function describeProgress(event: BatchEvent): Progress {
  const { phase, activity, epoch, epochs, batch, batches, secondsLeft } = event;
  const inEpoch = batches > 0 ? batch / batches : 0;
  const where = activity === 'features' ? `batch ${batch} of ${batches}` : `epoch ${epoch + 1} of ${epochs}`;
  const text = `${ACTIVITIES[activity]} (${PHASES[phase] ?? phase}): ${where}${timeLeft(secondsLeft)}`;
  return { text, done: activity === 'features' ? inEpoch : Math.min(1, (epoch + inEpoch) / epochs) };
}

/** `, about 40 seconds left`; empty if the time isn't known. */
function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 1) return '';
  if (seconds < 90) return `, about ${Math.ceil(seconds)} seconds left`;
  return `, about ${Math.round(seconds / 60)} minutes left`;
}
