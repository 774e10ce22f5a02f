import { useSignal } from '@preact/signals';
import type { LabelPrediction } from '@thawjs/core';
import { useEffect, useRef } from 'preact/hooks';
import { CameraView } from '../camera/camera-view';
import { openImage } from '../files/image-file';
import { FileButton } from '../parts/file-button';
import { NeedsModel } from '../parts/needs-model';
import { PageTitle } from '../parts/page-title';
import { percent } from '../parts/percent';
import { trainedClassifier } from '../state/current-model';
import { attempt, sentenceOf } from '../state/notices';
import { triedFile } from '../state/tried-file';
import type { TrainedModel } from '../training/trained-model';

/** Shows the trained model's predictions for other images, and for the camera's picture. */
export function TryPage() {
  return (
    <>
      <PageTitle title="Try it">
        Show the model images that it has never seen. They aren’t added to your project.
      </PageTitle>
      <NeedsModel>{(model) => <Trying model={model} />}</NeedsModel>
    </>
  );
}

function Trying({ model }: { readonly model: TrainedModel }) {
  const camera = useSignal(false);
  const file = triedFile;
  useEffect(() => () => void (triedFile.value = undefined), []);
  return (
    <>
      <div class="bar">
        <FileButton
          single
          accept="image/*"
          onFiles={([first]) => {
            camera.value = false;
            file.value = first?.file;
          }}
        >
          Choose an image
        </FileButton>
        <button
          type="button"
          aria-pressed={camera.value && !file.value}
          onClick={() => {
            camera.value = !camera.value || file.value !== undefined;
            file.value = undefined;
          }}
        >
          Camera
        </button>
      </div>
      {camera.value && !file.value && <LiveAnswer model={model} />}
      {file.value && <FileAnswer file={file.value} model={model} />}
    </>
  );
}

function FileAnswer({ file, model }: { readonly file: File; readonly model: TrainedModel }) {
  const answer = useSignal<readonly LabelPrediction[] | undefined>(undefined);
  const problem = useSignal('');
  const url = useSignal('');
  useEffect(() => {
    url.value = URL.createObjectURL(file);
    answer.value = undefined;
    problem.value = '';
    void attempt(async () => {
      await openImage(file).catch((error: unknown) => {
        problem.value = `"${file.name}" ${sentenceOf(error)}.`;
      });
      if (!problem.value) answer.value = await (await trainedClassifier()).classify(file);
    });
    return () => URL.revokeObjectURL(url.value);
  }, [file]);
  if (problem.value) {
    return (
      <p class="notice problem" role="alert">
        {problem.value}
      </p>
    );
  }
  return (
    <div class="close-up">
      <img src={url.value} alt={file.name} />
      <Answer answer={answer.value} model={model} />
    </div>
  );
}

/** Classifies the camera's picture again and again. */
function LiveAnswer({ model }: { readonly model: TrainedModel }) {
  const video = useRef<HTMLVideoElement>(null);
  const answer = useSignal<readonly LabelPrediction[] | undefined>(undefined);
  const ready = useSignal(false);
  useEffect(() => {
    if (!ready.value) return;
    let gone = false;
    void attempt(async () => {
      const classifier = await trainedClassifier();
      while (!gone && video.current) {
        answer.value = await classifier.classify(video.current);
        // Lets the page draw before the next picture is taken.
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    return () => {
      gone = true;
    };
  }, [ready.value]);
  return (
    <div class="close-up">
      <CameraView video={video} onReady={() => (ready.value = true)} />
      {ready.value && <Answer answer={answer.value} model={model} />}
    </div>
  );
}

interface AnswerProps {
  readonly answer: readonly LabelPrediction[] | undefined;
  readonly model: TrainedModel;
}

/** One bar per label, in the order of the labels, so that bars keep their places. */
function Answer({ answer, model: { labels, thresholds } }: AnswerProps) {
  if (!answer) return <p role="status">Looking…</p>;
  return (
    <ul class="answer" aria-label="What the model says">
      {labels.map(({ id, name }, column) => {
        const { probability, predicted } = answer.find(({ label }) => label === name) ?? {
          probability: Number.NaN,
          predicted: false,
        };
        return (
          <li key={id} class={predicted ? 'predicted' : ''}>
            <span>
              {name}
              <span class="hint">{predicted ? ' yes' : ' no'}</span>
            </span>
            <span class="track" aria-hidden="true">
              <span style={{ width: `${100 * probability}%` }} />
              <i style={{ left: `${100 * (thresholds[column] ?? 0.5)}%` }} />
            </span>
            <span>{percent(probability)}</span>
          </li>
        );
      })}
    </ul>
  );
}
