import { computed, effect, signal } from '@preact/signals';
import { ALL, type Filter, filterImages } from '../labelling/filter';
import { keepOnly, NOTHING, type Selection } from '../labelling/selection';
import { project } from './current-project';

export const filter = signal<Filter>(ALL);
export const selection = signal<Selection>(NOTHING);
/** The images that fit the filter. */
export const shown = computed(() => filterImages(project.value, filter.value));
/** The page of the grid, from 0. */
export const gridPage = signal(0);
/** The image with the keyboard focus, and the image that is open in large. */
export const focused = signal<string | undefined>(undefined);
export const open = signal<string | undefined>(undefined);

/** Whether the grid shall give the keyboard focus to the tile of `focused`, as soon as it shows it. */
export const focusWanted = signal(false);

/** Images per page of the grid. */
export const PER_PAGE = 100;

/** Gives the keyboard focus to an image's tile, on whichever page of the grid it is. */
export function focusTile(id: string | undefined): void {
  const at = shown.value.findIndex((image) => image.id === id);
  if (at === -1) return;
  focused.value = id;
  gridPage.value = Math.floor(at / PER_PAGE);
  focusWanted.value = true;
}

export function setFilter(next: Filter): void {
  filter.value = next;
  gridPage.value = 0;
  selection.value = NOTHING;
}

// Removed images can't stay chosen.
effect(() => {
  const existing = new Set(project.value.images.map(({ id }) => id));
  const kept = keepOnly(selection.peek(), existing);
  if (kept !== selection.peek()) selection.value = kept;
});
