import { type Remote, wrap } from 'comlink';
import { TrainingWorkerError } from './errors';
import { onDeath } from './life-sign';
import type { Outcome } from './messages';
import { revivedError } from './revive-error';
import type { TrainingService } from './worker/training-service';

/** The longest time in which a worker must load and answer the first call, in milliseconds. */
const FIRST_ANSWER_MS = 60_000;

/** A worker that serves trainings. */
export interface Connection {
  /** The worker's functions. Pass their results to `answer`. */
  readonly service: Remote<TrainingService>;
  /** Waits for an answer. Throws the worker's error, or a TrainingWorkerError if the worker ends before it answers. */
  answer<Value>(outcome: Promise<Outcome<Value>>): Promise<Value>;
  /** Ends the worker. Calls that it hasn't answered fail. */
  close(): void;
}

/**
 * Connects to a worker whose file calls `serveTraining`.
 *
 * @throws {TrainingWorkerError} the file can't be loaded, or doesn't call `serveTraining`
 */
export async function connect(worker: Worker): Promise<Connection> {
  let end: (error: TrainingWorkerError) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  // If nothing awaits `ended` when the worker ends, the rejection would otherwise be reported as unhandled.
  ended.catch(() => {});
  const watching = new AbortController();
  const fail = (reason: string) => {
    watching.abort();
    worker.terminate();
    end(new TrainingWorkerError(reason));
  };
  worker.addEventListener('error', (event) => {
    const where = event.filename ? ` (${event.filename}:${event.lineno})` : '';
    fail(
      `the training worker ended: ${event.message || 'its file could not be loaded'}${where}. Does the page's address of ` +
        "the worker's file answer, and does the site's Content-Security-Policy allow workers (worker-src)?",
    );
  });
  worker.addEventListener('messageerror', () =>
    fail('the training worker sent something that can’t be read.'),
  );
  const service = wrap<TrainingService>(worker);
  const timer = setTimeout(
    () =>
      fail(
        `the training worker didn't answer within ${FIRST_ANSWER_MS / 1000} s. Does its file call serveTraining() of ` +
          '@thawjs/browser/worker?',
      ),
    FIRST_ANSWER_MS,
  );
  const id = Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-');
  try {
    const showsLife = await Promise.race([service.hello(id), ended]);
    if (showsLife) {
      onDeath(id, watching.signal, () =>
        fail(
          'the training worker has ended: it was terminated, or the browser ended it for lack of memory. A run with `out` is ' +
            'stored up to its last checkpoint; start a worker anew, and pass resume: true.',
        ),
      );
    }
  } finally {
    clearTimeout(timer);
  }
  return {
    service,
    async answer(outcome) {
      const answered = await Promise.race([outcome, ended]);
      if ('error' in answered) throw await revivedError(answered.error);
      return answered.value;
    },
    close: () => fail('the training worker was closed.'),
  };
}
