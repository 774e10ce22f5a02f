import { type Mark, markNone, markOf, toggle } from '../project/marks';
import { removeImages } from '../project/project';
import { announce } from '../state/announce';
import { change, project } from '../state/current-project';
import { focused, focusTile, open, PER_PAGE, selection, shown } from '../state/view';
import { NOTHING, selectAll, toggleOne } from './selection';
import { moveIn, shortcutOf } from './shortcuts';

const WORDS: Readonly<Record<Mark, string>> = { yes: 'yes', no: 'no', undecided: 'not decided' };

/** Gives a label to images, or takes it from them, and says so. @param index the label's place among the labels */
export function toggleLabel(ids: ReadonlySet<string>, index: number): void {
  const label = project.value.labels[index];
  if (!label) return;
  change(`mark ${counted(ids)}`, toggle(project.value, ids, label.id));
  const marks = project.value.images.find(({ id }) => ids.has(id))?.marks ?? {};
  announce(`${label.name}: ${WORDS[markOf(marks, label.id)]}${ids.size > 1 ? `, ${counted(ids)}` : ''}.`);
}

/** Marks all labels of images as "no", and says so. */
export function takeAllLabels(ids: ReadonlySet<string>): void {
  change(`mark ${counted(ids)}`, markNone(project.value, ids));
  announce(`None of the labels${ids.size > 1 ? `, ${counted(ids)}` : ''}.`);
}

function counted({ size }: ReadonlySet<string>): string {
  return `${size} ${size === 1 ? 'image' : 'images'}`;
}

/** Carries out a key press in the grid. Labels go to the chosen images, or to the focused one if none is chosen. */
export function pressKey(event: KeyboardEvent, list: HTMLElement): void {
  const shortcut = shortcutOf(event);
  const id = focused.value;
  if (!shortcut || id === undefined) return;
  event.preventDefault();
  const targets = selection.value.ids.size > 0 ? selection.value.ids : new Set([id]);
  switch (shortcut.kind) {
    case 'label':
      toggleLabel(targets, shortcut.index);
      break;
    case 'none':
      takeAllLabels(targets);
      break;
    case 'select':
      selection.value = toggleOne(selection.value, id);
      break;
    case 'open':
      open.value = id;
      break;
    case 'all':
      selection.value = selectAll(shown.value.map((image) => image.id));
      break;
    case 'clear':
      selection.value = NOTHING;
      break;
    case 'remove':
      if (selection.value.ids.size > 0)
        change(`remove ${counted(targets)}`, removeImages(project.value, targets));
      break;
    case 'page':
      focusTile(nearest(shown.value.findIndex((image) => image.id === id) + shortcut.by * PER_PAGE));
      break;
    case 'move': {
      const tiles = [...list.children].filter((tile) => tile instanceof HTMLElement);
      const from = tiles.findIndex((tile) => tile.dataset.id === id);
      const to = moveIn(from, shortcut.by, { count: tiles.length, columns: columnsOf(tiles) });
      if (tiles[to]) tiles[to].focus();
      else focusTile(nearest(shown.value.findIndex((image) => image.id === id) + to - from));
    }
  }
}

/** The image at an index among those shown, or the first or last one if there is none. */
function nearest(index: number): string | undefined {
  return shown.value[Math.max(0, Math.min(index, shown.value.length - 1))]?.id;
}

/** The number of tiles in the first row. */
function columnsOf(tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.offsetTop;
  const next = tiles.findIndex((tile) => tile.offsetTop !== top);
  return next === -1 ? tiles.length : next;
}
