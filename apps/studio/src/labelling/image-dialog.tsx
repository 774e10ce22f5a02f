import { Modal } from '../parts/modal';
import { Picture } from '../parts/picture';
import { type Mark, mark, markOf } from '../project/marks';
import { change, project } from '../state/current-project';
import { focusTile, open, shown } from '../state/view';
import { takeAllLabels, toggleLabel } from './press-key';
import { LABEL_KEYS, shortcutOf } from './shortcuts';

const MARKS: readonly (readonly [Mark, string])[] = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['undecided', 'Not decided'],
];

/** Shows one image in large, to label images one after the other: by keys, or by touch on a phone. */
export function ImageDialog() {
  const image = project.value.images.find(({ id }) => id === open.value);
  const { labels } = project.value;
  // An image may no longer fit the filter once it is marked. It stays open, and the next image is one that fits.
  const ids = shown.value.map(({ id }) => id);
  const at = ids.indexOf(open.value ?? '');
  const go = (by: number) => {
    const next = ids[at === -1 ? 0 : at + by];
    if (next !== undefined) open.value = next;
  };
  if (!image) return null;
  const only = new Set([image.id]);
  const onKeyDown = (event: KeyboardEvent) => {
    // Inside radio buttons, the arrow keys move between the buttons.
    const inside = event.target instanceof HTMLInputElement;
    const shortcut = shortcutOf(event);
    if (shortcut?.kind === 'move' && !inside) {
      if (shortcut.by === 'left' || shortcut.by === 'right') go(shortcut.by === 'left' ? -1 : 1);
    } else if (shortcut?.kind === 'none') takeAllLabels(only);
    else if (shortcut?.kind === 'label') toggleLabel(only, shortcut.index);
  };
  const onClose = () => {
    open.value = undefined;
    focusTile(image.id);
  };
  return (
    <Modal title={image.name} onClose={onClose} onKeyDown={onKeyDown}>
      <div class="close-up">
        <Picture id={image.id} large alt={image.name} />
        <div>
          {labels.length === 0 && <p>Close this, and add a label first.</p>}
          {labels.map(({ id, name }, index) => (
            <fieldset key={id} class="mark">
              <legend>
                {LABEL_KEYS[index] && <kbd>{LABEL_KEYS[index]}</kbd>} {name}
              </legend>
              {MARKS.map(([value, words]) => (
                <label key={value}>
                  <input
                    type="radio"
                    name={`mark ${id}`}
                    checked={markOf(image.marks, id) === value}
                    onChange={() => change('mark 1 image', mark(project.value, only, id, value))}
                  />
                  {words}
                </label>
              ))}
            </fieldset>
          ))}
          {labels.length > 0 && (
            <button type="button" onClick={() => takeAllLabels(only)}>
              <kbd>0</kbd> None of the labels
            </button>
          )}
          <p class="row">
            <button type="button" disabled={at <= 0 && at !== -1} onClick={() => go(-1)}>
              Previous
            </button>
            <button type="button" disabled={at === ids.length - 1} onClick={() => go(1)}>
              Next
            </button>
            <span role="status">{at >= 0 && `${at + 1} of ${ids.length}`}</span>
          </p>
        </div>
      </div>
    </Modal>
  );
}
