/** The action of a key while images are labelled. */
export type Shortcut =
  | { readonly kind: 'label'; readonly index: number }
  | { readonly kind: 'none' | 'select' | 'open' | 'all' | 'clear' | 'remove' }
  | { readonly kind: 'page'; readonly by: 1 | -1 }
  | { readonly kind: 'move'; readonly by: 'left' | 'right' | 'up' | 'down' | 'home' | 'end' };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The keys of the labels, by position: 1 to 9, then letters that no other shortcut has. */
export const LABEL_KEYS = [...'123456789qwertyuiopasdfghjklzxcvbnm'];

const NAMED: Readonly<Record<string, Shortcut>> = {
  ' ': { kind: 'select' },
  Enter: { kind: 'open' },
  '0': { kind: 'none' },
  Escape: { kind: 'clear' },
  Delete: { kind: 'remove' },
  Backspace: { kind: 'remove' },
  ArrowLeft: { kind: 'move', by: 'left' },
  ArrowRight: { kind: 'move', by: 'right' },
  ArrowUp: { kind: 'move', by: 'up' },
  ArrowDown: { kind: 'move', by: 'down' },
  Home: { kind: 'move', by: 'home' },
  End: { kind: 'move', by: 'end' },
  PageDown: { kind: 'page', by: 1 },
  PageUp: { kind: 'page', by: -1 },
};

/** The shortcut of a key press; undefined if it has none. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey }: Key): Shortcut | undefined {
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return key.toLowerCase() === 'a' ? { kind: 'all' } : undefined;
  const index = LABEL_KEYS.indexOf(key.toLowerCase());
  return index === -1 ? NAMED[key] : { kind: 'label', index };
}

/**
 * The index to which the focus moves in a grid of `count` tiles in rows of `columns`. A step to the left or right leads to -1
 * or `count` at the ends, where the next page begins.
 */
export function moveIn(
  from: number,
  by: Extract<Shortcut, { kind: 'move' }>['by'],
  { count, columns }: { readonly count: number; readonly columns: number },
): number {
  const steps = { left: -1, right: 1, up: -columns, down: columns, home: -from, end: count - 1 - from };
  const to = from + steps[by];
  const leaves = by === 'left' || by === 'right' ? to < -1 || to > count : to < 0 || to >= count;
  return leaves ? from : to;
}
