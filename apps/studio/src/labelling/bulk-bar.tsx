import { mark } from '../project/marks';
import { removeImages } from '../project/project';
import { change, project } from '../state/current-project';
import { open, selection, shown } from '../state/view';
import { takeAllLabels } from './press-key';
import { NOTHING, selectAll } from './selection';

/** The buttons for all chosen images at once. */
export function BulkBar() {
  const { ids } = selection.value;
  const { labels } = project.value;
  const all = shown.value.map(({ id }) => id);
  const images = `${ids.size} ${ids.size === 1 ? 'image' : 'images'}`;
  const setAll = (value: string) => {
    const [kind, label = ''] = value.split(' ');
    if (kind === 'yes' || kind === 'no' || kind === 'undecided') {
      change(`mark ${images}`, mark(project.value, ids, label, kind));
    }
  };
  return (
    <div class="bar bulk" role="toolbar" aria-label="Chosen images">
      <span role="status">{ids.size === 0 ? 'No image chosen' : `${images} chosen`}</span>
      <button type="button" disabled={all.length === 0} onClick={() => (selection.value = selectAll(all))}>
        Choose all {all.length}
      </button>
      {ids.size > 0 && (
        <>
          <button type="button" onClick={() => (selection.value = NOTHING)}>
            Choose none
          </button>
          <button type="button" onClick={() => (open.value = [...ids][0])}>
            Look closely
          </button>
          {labels.length > 0 && (
            <>
              <select
                aria-label={`Mark ${images}`}
                value=""
                onChange={(event) => {
                  setAll(event.currentTarget.value);
                  event.currentTarget.value = '';
                }}
              >
                <option value="">Mark…</option>
                {labels.map(({ id, name }) => (
                  <optgroup key={id} label={name}>
                    <option value={`yes ${id}`}>{name}: yes</option>
                    <option value={`no ${id}`}>{name}: no</option>
                    <option value={`undecided ${id}`}>{name}: not decided</option>
                  </optgroup>
                ))}
              </select>
              <button type="button" onClick={() => takeAllLabels(ids)}>
                None of the labels
              </button>
            </>
          )}
          <button
            type="button"
            class="danger"
            onClick={() => change(`remove ${images}`, removeImages(project.value, ids))}
          >
            Remove
          </button>
        </>
      )}
    </div>
  );
}
