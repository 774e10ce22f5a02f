import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { NeedsModel } from '../parts/needs-model';
import { PageTitle } from '../parts/page-title';
import { percent } from '../parts/percent';
import { Picture } from '../parts/picture';
import { useKeptFocus } from '../parts/use-kept-focus';
import { mark } from '../project/marks';
import { change, project } from '../state/current-project';
import { attempt } from '../state/notices';
import { settle, settled } from '../state/settled-mistakes';
import type { TrainedModel } from '../training/trained-model';
import { type Mistake, mistakeKey, mistakesOf } from './mistakes';

/** The number of mistakes that are shown at once. */
const MOST = 48;

/** Shows the images on whose marks the model and the user disagree. The user can correct wrong marks here. */
export function MistakesPage() {
  return (
    <>
      <PageTitle title="Mistakes">
        Here the model and your marks disagree. Some marks are wrong: mend them, then train again. Where the
        mark is right, more such images help.
      </PageTitle>
      <NeedsModel>{(model) => <MistakeList model={model} />}</NeedsModel>
    </>
  );
}

function MistakeList({ model }: { readonly model: TrainedModel }) {
  const part = useSignal<'all' | Mistake['part']>('all');
  const label = useSignal('');
  const list = useRef<HTMLUListElement>(null);
  useKeptFocus(list);
  const all = mistakesOf(project.value, model, settled.value);
  const shown = all.filter(
    (mistake) =>
      (part.value === 'all' || mistake.part === part.value) &&
      (label.value === '' || mistake.label.id === label.value),
  );
  return (
    <>
      <div class="bar">
        <label>
          Label{' '}
          <select value={label.value} onChange={({ currentTarget }) => (label.value = currentTarget.value)}>
            <option value="">all</option>
            {model.labels.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Images{' '}
          <select
            value={part.value}
            onChange={({ currentTarget }) => (part.value = currentTarget.value as typeof part.value)}
          >
            <option value="all">all</option>
            <option value="validation">checked with</option>
            <option value="train">learned from</option>
          </select>
        </label>
        <span role="status">
          {shown.length} {shown.length === 1 ? 'mistake' : 'mistakes'}
          {shown.length > MOST && `; the ${MOST} surest are shown`}
        </span>
      </div>
      {shown.length === 0 ? (
        <p class="empty">The model agrees with all marks that are shown.</p>
      ) : (
        <ul class="mistakes" ref={list}>
          {shown.slice(0, MOST).map((mistake) => (
            <MistakeCard key={mistakeKey(mistake)} mistake={mistake} />
          ))}
        </ul>
      )}
    </>
  );
}

function MistakeCard({ mistake }: { readonly mistake: Mistake }) {
  const { image, label, marked, probability, part } = mistake;
  const other = marked === 1 ? 'no' : 'yes';
  return (
    <li>
      <Picture id={image.id} alt={image.name} />
      <h2>{label.name}</h2>
      <p>
        Marked <strong>{marked === 1 ? 'yes' : 'no'}</strong>; the model says{' '}
        <strong>{percent(probability)}</strong>.
        <br />
        <span class="hint">
          {image.name}, {part === 'train' ? 'learned from' : 'checked with'}
        </span>
      </p>
      <p class="row">
        <button
          type="button"
          aria-label={`Change to ${other}: ${label.name} of ${image.name}`}
          onClick={() =>
            change(`mark ${image.name}`, mark(project.value, new Set([image.id]), label.id, other))
          }
        >
          Change to {other}
        </button>
        <button
          type="button"
          aria-label={`The mark is right: ${label.name} of ${image.name}`}
          onClick={() => attempt(() => settle(mistakeKey(mistake)))}
        >
          The mark is right
        </button>
      </p>
    </li>
  );
}
