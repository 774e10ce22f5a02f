import { markNone, toggle } from '../project/marks';
import { removeImages } from '../project/project';
import { change, project, undoLast } from '../state/current-project';
import { focused, open, selection, shown } from '../state/view';
import { NOTHING, selectAll, toggleOne } from './selection';
import { moveIn, shortcutOf } from './shortcuts';

/** Carries out a key press in the grid. Labels go to the chosen images, or to the focused one if none is chosen. */
export function pressKey(event: KeyboardEvent, list: HTMLElement): void {
  const shortcut = shortcutOf(event);
  const id = focused.value;
  if (!shortcut || id === undefined) return;
  event.preventDefault();
  const targets = selection.value.ids.size > 0 ? selection.value.ids : new Set([id]);
  const what = `mark ${targets.size} ${targets.size === 1 ? 'image' : 'images'}`;
  switch (shortcut.kind) {
    case 'label': {
      const label = project.value.labels[shortcut.index];
      if (label) change(what, toggle(project.value, targets, label.id));
      break;
    }
    case 'none':
      change(what, markNone(project.value, targets));
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
        change(`remove ${targets.size} images`, removeImages(project.value, targets));
      break;
    case 'undo':
      undoLast();
      break;
    case 'move': {
      const tiles = [...list.children].filter((tile) => tile instanceof HTMLElement);
      const from = tiles.findIndex((tile) => tile.dataset.id === id);
      tiles[moveIn(from, shortcut.by, { count: tiles.length, columns: columnsOf(tiles) })]?.focus();
    }
  }
}

/** The number of tiles in the first row. */
function columnsOf(tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.offsetTop;
  const next = tiles.findIndex((tile) => tile.offsetTop !== top);
  return next === -1 ? tiles.length : next;
}
