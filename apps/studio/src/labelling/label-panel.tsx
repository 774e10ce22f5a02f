import { useSignal } from '@preact/signals';
import { balanceOf } from '../balance/balance';
import { addLabel, removeLabel, renameLabel } from '../project/labels';
import { toggle } from '../project/marks';
import type { StudioLabel } from '../project/project';
import { change, project } from '../state/current-project';
import { attempt } from '../state/notices';
import { selection } from '../state/view';
import { LABEL_KEYS } from './shortcuts';

/** The list of labels: to add, rename and remove them, and to give them to the chosen images. */
export function LabelPanel() {
  const counts = new Map(balanceOf(project.value).map((label) => [label.id, label]));
  return (
    <section class="panel" aria-labelledby="labels-title">
      <h2 id="labels-title">Labels</h2>
      <NewLabel />
      <ul class="labels">
        {project.value.labels.map((label, index) => (
          <LabelRow
            key={label.id}
            label={label}
            shortcut={LABEL_KEYS[index]}
            count={counts.get(label.id)?.yes ?? 0}
          />
        ))}
      </ul>
      {project.value.labels.length > 0 && (
        <p class="hint">
          Choose images, then press a label’s key, or <kbd>0</kbd> for none of the labels.
        </p>
      )}
    </section>
  );
}

function NewLabel() {
  const name = useSignal('');
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(() => {
          change(`add the label ${name.value.trim()}`, addLabel(project.value, name.value));
          name.value = '';
        });
      }}
    >
      <input
        aria-label="Name of a new label"
        placeholder="New label"
        value={name.value}
        onInput={({ currentTarget }) => (name.value = currentTarget.value)}
      />
      <button type="submit">Add label</button>
    </form>
  );
}

interface LabelRowProps {
  readonly label: StudioLabel;
  readonly shortcut: string | undefined;
  readonly count: number;
}

function LabelRow({ label, shortcut, count }: LabelRowProps) {
  const editing = useSignal(false);
  const chosen = selection.value.ids;
  if (editing.value) return <RenameLabel label={label} onDone={() => (editing.value = false)} />;
  return (
    <li>
      <button
        type="button"
        class="label"
        disabled={chosen.size === 0}
        title={
          chosen.size === 0
            ? 'Choose images first'
            : `Give "${label.name}" to ${chosen.size} images, or take it`
        }
        onClick={() => change(`mark ${chosen.size} images`, toggle(project.value, chosen, label.id))}
      >
        {shortcut && <kbd>{shortcut}</kbd>} <span class="name">{label.name}</span>
        <span class="count">{count}</span>
      </button>
      <button
        type="button"
        class="plain"
        aria-label={`Rename ${label.name}`}
        onClick={() => (editing.value = true)}
      >
        ✎
      </button>
      <button
        type="button"
        class="plain"
        aria-label={`Remove the label ${label.name}`}
        onClick={() => change(`remove the label ${label.name}`, removeLabel(project.value, label.id))}
      >
        ×
      </button>
    </li>
  );
}

function RenameLabel({ label, onDone }: { readonly label: StudioLabel; readonly onDone: () => void }) {
  const name = useSignal(label.name);
  return (
    <li>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(() => {
            change(`rename ${label.name}`, renameLabel(project.value, label.id, name.value));
            onDone();
          });
        }}
      >
        <input
          aria-label={`New name of ${label.name}`}
          value={name.value}
          ref={(input) => input?.focus()}
          onInput={({ currentTarget }) => (name.value = currentTarget.value)}
          onKeyDown={({ key }) => key === 'Escape' && onDone()}
        />
        <button type="submit">Rename</button>
      </form>
    </li>
  );
}
