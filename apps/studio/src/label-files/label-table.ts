import type { Project } from '../project/project';

/** Labels of images by name, as in label files. */
export interface LabelTable {
  readonly labels: readonly string[];
  readonly rows: readonly LabelTableRow[];
}

interface LabelTableRow {
  readonly image: string;
  /** One entry per label: 1, 0, or undefined if it isn't known. */
  readonly values: readonly (0 | 1 | undefined)[];
}

/** The project's labels. Undecided labels have no value. */
export function labelTable({ labels, images }: Project): LabelTable {
  return {
    labels: labels.map(({ name }) => name),
    rows: images.map(({ name, marks }) => ({ image: name, values: labels.map(({ id }) => marks[id]) })),
  };
}
