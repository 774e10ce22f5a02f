import type { Mark } from '../project/marks';
import { project } from '../state/current-project';
import { filter, setFilter, shown } from '../state/view';
import type { Filter } from './filter';

const MARKS: readonly (readonly [mark: Mark, words: string])[] = [
  ['yes', 'has'],
  ['no', 'lacks'],
  ['undecided', 'not decided:'],
];

/** Lets the user choose which images are shown. */
export function FilterBar() {
  const { images, labels } = project.value;
  const { kind, label = '', mark = 'yes', text } = filter.value;
  const value = kind === 'label' ? `${mark} ${label}` : kind;
  return (
    <search class="bar" aria-label="Filter the images">
      <label>
        Show{' '}
        <select
          value={value}
          onChange={({ currentTarget }) => setFilter({ ...parsed(currentTarget.value), text })}
        >
          <option value="all">all images</option>
          <option value="undecided">images that aren’t decided</option>
          <option value="none">images with none of the labels</option>
          {labels.map(({ id, name }) => (
            <optgroup key={id} label={name}>
              {MARKS.map(([one, words]) => (
                <option key={one} value={`${one} ${id}`}>
                  {words} {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        Name{' '}
        <input
          type="search"
          value={text}
          onInput={({ currentTarget }) => setFilter({ ...filter.value, text: currentTarget.value })}
        />
      </label>
      <span role="status">
        {shown.value.length === images.length
          ? `${images.length} images`
          : `${shown.value.length} of ${images.length} images`}
      </span>
    </search>
  );
}

function parsed(value: string): Omit<Filter, 'text'> {
  const [mark, label] = value.split(' ');
  if (label) return { kind: 'label', mark: mark as Mark, label };
  return { kind: value as Filter['kind'] };
}
