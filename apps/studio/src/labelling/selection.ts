/** The chosen images, and the image at which a range begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor?: string | undefined;
}

export const NOTHING: Selection = { ids: new Set() };

/** Chooses an image, or removes it from the chosen ones. The others stay chosen. */
export function toggleOne(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/** Chooses all images from the anchor to an image, in the order shown. */
export function selectRange(selection: Selection, shown: readonly string[], id: string): Selection {
  const to = shown.indexOf(id);
  const from = selection.anchor === undefined ? to : shown.indexOf(selection.anchor);
  if (from === -1 || to === -1) return toggleOne(selection, id);
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...range]), anchor: selection.anchor ?? id };
}

export function selectAll(shown: readonly string[]): Selection {
  return { ids: new Set(shown) };
}

/** Removes images that don't exist any more from the chosen ones. */
export function keepOnly(selection: Selection, existing: ReadonlySet<string>): Selection {
  const ids = new Set([...selection.ids].filter((id) => existing.has(id)));
  return ids.size === selection.ids.size ? selection : { ...selection, ids };
}
