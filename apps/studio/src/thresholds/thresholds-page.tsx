import { NeedsModel } from '../parts/needs-model';
import { PageTitle } from '../parts/page-title';
import { percent } from '../parts/percent';
import { setThresholds } from '../state/current-model';
import { project } from '../state/current-project';
import type { TrainedModel } from '../training/trained-model';
import { bestThreshold, type Checked, checkedImages, decide, GOALS, type Goal } from './decisions';

/** Lets the user set, per label, the probability from which on the label counts as predicted. */
export function ThresholdsPage() {
  return (
    <>
      <PageTitle title="Thresholds">
        From which probability on does a label count? A lower threshold finds more and gives more false
        alarms. The numbers are of the images that the model was checked with.
      </PageTitle>
      <NeedsModel>{(model) => <Thresholds model={model} />}</NeedsModel>
    </>
  );
}

function Thresholds({ model }: { readonly model: TrainedModel }) {
  const checked = checkedImages(project.value, model);
  return (
    <>
      <label>
        Choose all for{' '}
        <select
          value=""
          onChange={({ currentTarget }) => {
            const goal = currentTarget.value as Goal;
            if (goal in GOALS) setThresholds(checked.map((images) => bestThreshold(images, goal)));
            currentTarget.value = '';
          }}
        >
          <option value="">…</option>
          {Object.entries(GOALS).map(([goal, { name }]) => (
            <option key={goal} value={goal}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ul class="thresholds">
        {model.labels.map(({ id, name }, column) => (
          <Threshold
            key={id}
            name={name}
            checked={checked[column] ?? []}
            threshold={model.thresholds[column] ?? 0.5}
            onChange={(value) =>
              setThresholds(model.thresholds.map((old, i) => (i === column ? value : old)))
            }
          />
        ))}
      </ul>
    </>
  );
}

interface ThresholdProps {
  readonly name: string;
  readonly checked: readonly Checked[];
  readonly threshold: number;
  readonly onChange: (threshold: number) => void;
}

function Threshold({ name, checked, threshold, onChange }: ThresholdProps) {
  const { found, missed, falseAlarms, rejected, precision, recall, f1 } = decide(checked, threshold);
  return (
    <li class="panel stack">
      <h2>{name}</h2>
      <Strip checked={checked} threshold={threshold} />
      <input
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={threshold}
        aria-label={`Threshold of ${name}`}
        aria-valuetext={`${percent(threshold)}: ${found} found, ${missed} missed, ${falseAlarms} false alarms`}
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
      <p>
        From <strong>{percent(threshold)}</strong> on: {found} found, {missed} missed, {falseAlarms} false{' '}
        {falseAlarms === 1 ? 'alarm' : 'alarms'}, {rejected} rightly rejected.
        <br />
        <span class="hint">
          Precision {percent(precision)}, recall {percent(recall)}, F1 {percent(f1)}
        </span>
      </p>
    </li>
  );
}

/** Draws each image as a stroke at its probability: above the line if it has the label, below if it doesn't. */
function Strip({ checked, threshold }: { readonly checked: readonly Checked[]; readonly threshold: number }) {
  return (
    <svg class="strip" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      <line class="axis" x1="0" x2="100" y1="12" y2="12" />
      {checked.map(({ has, probability }, i) => (
        <line
          key={i}
          class={has === 1 ? 'has' : 'lacks'}
          x1={100 * probability}
          x2={100 * probability}
          y1={has === 1 ? 2 : 13}
          y2={has === 1 ? 11 : 22}
        />
      ))}
      <line class="at" x1={100 * threshold} x2={100 * threshold} y1="0" y2="24" />
    </svg>
  );
}
