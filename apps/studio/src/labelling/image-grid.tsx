import { useLayoutEffect, useRef } from 'preact/hooks';
import { Picture } from '../parts/picture';
import { useKeptFocus } from '../parts/use-kept-focus';
import { markOf } from '../project/marks';
import type { StudioImage, StudioLabel } from '../project/project';
import { project } from '../state/current-project';
import { focused, focusWanted, gridPage, open, PER_PAGE, selection, shown } from '../state/view';
import { pressKey } from './press-key';
import { selectRange, toggleOne } from './selection';

/** The images that fit the filter, one page at a time. */
export function ImageGrid() {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!focusWanted.value) return;
    focusWanted.value = false;
    list.current?.querySelector<HTMLElement>(`[data-id="${focused.value}"]`)?.focus();
  });
  useKeptFocus(list);
  const pages = Math.max(1, Math.ceil(shown.value.length / PER_PAGE));
  const page = Math.min(gridPage.value, pages - 1);
  const onPage = shown.value.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  const current = onPage.some(({ id }) => id === focused.value) ? focused.value : onPage[0]?.id;
  if (shown.value.length === 0) return <p class="empty">No image is like that. Choose another filter.</p>;
  return (
    <>
      <div
        ref={list}
        class="grid"
        role="listbox"
        aria-multiselectable="true"
        aria-label="Images"
        onKeyDown={(event) => list.current && pressKey(event, list.current)}
      >
        {onPage.map((image) => (
          <Tile key={image.id} image={image} labels={project.value.labels} tabStop={image.id === current} />
        ))}
      </div>
      {pages > 1 && (
        <nav class="bar" aria-label="Pages of images">
          <button type="button" disabled={page === 0} onClick={() => (gridPage.value = page - 1)}>
            Earlier
          </button>
          <span>
            Page {page + 1} of {pages}
          </span>
          <button type="button" disabled={page === pages - 1} onClick={() => (gridPage.value = page + 1)}>
            Later
          </button>
        </nav>
      )}
    </>
  );
}

interface TileProps {
  readonly image: StudioImage;
  readonly labels: readonly StudioLabel[];
  /** Whether the Tab key reaches this tile; from there, the arrow keys move on. */
  readonly tabStop: boolean;
}

function Tile({ image: { id, name, marks }, labels, tabStop }: TileProps) {
  const chosen = selection.value.ids.has(id);
  const has = labels.filter((label) => marks[label.id] === 1);
  const undecided = labels.filter((label) => markOf(marks, label.id) === 'undecided');
  const words = [
    name,
    has.length > 0 ? has.map((label) => label.name).join(', ') : 'no label',
    undecided.length > 0 && `not decided: ${undecided.map((label) => label.name).join(', ')}`,
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of all its options
    <div
      class="tile"
      role="option"
      aria-selected={chosen}
      aria-label={words.filter(Boolean).join('; ')}
      tabIndex={tabStop ? 0 : -1}
      data-id={id}
      onFocus={() => (focused.value = id)}
      onClick={(event) => {
        const ids = shown.value.map((image) => image.id);
        selection.value = event.shiftKey
          ? selectRange(selection.value, ids, id)
          : toggleOne(selection.value, id);
      }}
      onDblClick={() => (open.value = id)}
    >
      <Picture id={id} alt="" />
      <span class="check" aria-hidden="true">
        {chosen && '✓'}
      </span>
      <span class="chips">
        {has.map((label) => (
          <span class="chip" key={label.id}>
            {`${label.name} `}
          </span>
        ))}
        {undecided.length > 0 && labels.length > 0 && <span class="chip undecided">?</span>}
      </span>
    </div>
  );
}
