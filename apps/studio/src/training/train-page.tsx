import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { PageTitle } from '../parts/page-title';
import { trained } from '../state/current-model';
import { project } from '../state/current-project';
import { attempt, sentenceOf } from '../state/notices';
import {
  continueTraining,
  forgetTraining,
  interrupted,
  pauseTraining,
  resumeTraining,
  startTraining,
  stopTraining,
  training,
} from '../state/run-training';
import { backend } from '../state/training-worker';
import { BackboneChoice } from './backbone-choice';
import { HistoryCharts } from './history-chart';
import { type HostedBackbone, hostedBackbones, titleOf } from './hosted-backbones';
import { planTraining } from './training-plan';

/** Lets the user choose a network and train it, and shows the progress. */
export function TrainPage() {
  const hosted = useSignal<readonly HostedBackbone[] | undefined>(undefined);
  const problem = useSignal('');
  useEffect(() => {
    hostedBackbones().then(
      (list) => (hosted.value = list),
      (error) => (problem.value = sentenceOf(error)),
    );
  }, []);
  const { state } = training.value;
  return (
    <>
      <PageTitle title="Train">
        A network that has seen a million photographs learns your labels. It runs in this browser; a fifth of
        the images is kept aside, to check what was learned.
      </PageTitle>
      {problem.value && <p class="notice problem">{problem.value}</p>}
      {state === 'idle' && hosted.value && <Ready hosted={hosted.value} />}
      {state !== 'idle' && <Running />}
      {state === 'idle' && trained.value && <LastTraining />}
    </>
  );
}

function Ready({ hosted }: { readonly hosted: readonly HostedBackbone[] }) {
  const plan = planOrReason();
  if (typeof plan === 'string') {
    return (
      <p class="empty">
        {plan} <a href="#label">Images and labels</a>
      </p>
    );
  }
  return (
    <>
      {interrupted.value && (
        <div class="notice">
          <p>A training was interrupted. It can go on with the images and labels that it began with.</p>
          <p class="row">
            <button type="button" class="primary" onClick={() => attempt(continueTraining)}>
              Go on
            </button>
            <button type="button" onClick={() => attempt(forgetTraining)}>
              Forget it
            </button>
          </p>
        </div>
      )}
      <p>
        {plan.images.length} images, {plan.labels.length} {plan.labels.length === 1 ? 'label' : 'labels'}:{' '}
        {plan.labels.map(({ name }) => name).join(', ')}.
      </p>
      {plan.notes.length > 0 && (
        <ul class="advice">
          {plan.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <BackboneChoice hosted={hosted} onStart={(choice) => void attempt(() => startTraining(choice))} />
    </>
  );
}

function planOrReason() {
  try {
    return planTraining(project.value);
  } catch (error) {
    return sentenceOf(error);
  }
}

const STATES = {
  idle: '',
  preparing: 'Loading the network…',
  running: 'Training…',
  paused: 'Paused',
  finishing: 'Finishing…',
};

function Running() {
  const { state, progress, rows, notes } = training.value;
  return (
    <section class="panel stack" aria-label="Training">
      <h2>{STATES[state]}</h2>
      <progress
        {...(progress?.done !== undefined && { value: progress.done })}
        aria-label="Progress of this phase"
      />
      <p>{progress?.text ?? 'The first time, the network is downloaded.'}</p>
      <p class="row">
        {state === 'paused' ? (
          <button type="button" onClick={resumeTraining}>
            Go on
          </button>
        ) : (
          <button type="button" disabled={state !== 'running'} onClick={pauseTraining}>
            Pause
          </button>
        )}
        <button type="button" disabled={state !== 'running' && state !== 'paused'} onClick={stopTraining}>
          Stop and keep what was learned
        </button>
        {backend.value && <span class="hint">Computing on {backend.value}</span>}
      </p>
      {rows.length > 0 && <HistoryCharts rows={rows} />}
      <Notes notes={notes} />
    </section>
  );
}

function LastTraining() {
  const last = trained.value;
  if (!last) return null;
  const { choice, auc, seconds, images, history, notes } = last;
  const checked = images.filter(({ part }) => part === 'validation').length;
  return (
    <section class="panel stack" aria-label="The last training">
      <h2>The last training</h2>
      <p>
        {titleOf(choice.backbone)} learned from {images.length - checked} images in {Math.ceil(seconds)}{' '}
        seconds. On the {checked} images that it was checked with, its mean AUC is{' '}
        <strong>{Number.isNaN(auc) ? 'not defined' : auc.toFixed(3)}</strong> (1 is perfect, 0.5 is chance).
      </p>
      <p class="row">
        <a href="#mistakes">Look at mistakes</a> <a href="#thresholds">Move thresholds</a>{' '}
        <a href="#try">Try it</a> <a href="#download">Download</a>
      </p>
      <HistoryCharts rows={history} />
      <Notes notes={notes} />
    </section>
  );
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <details>
      <summary>What Thaw chose and noticed</summary>
      <ul class="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}
