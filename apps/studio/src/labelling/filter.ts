import { isDecided, type Mark, markOf } from '../project/marks';
import type { LabelId, Project, StudioImage } from '../project/project';

/** The rule that chooses the shown images. */
export interface Filter {
  readonly kind: 'all' | 'undecided' | 'none' | 'label';
  /** For kind `'label'`: the label, and how it is marked. */
  readonly label?: LabelId;
  readonly mark?: Mark;
  /** A part of the image's name. */
  readonly text: string;
}

export const ALL: Filter = { kind: 'all', text: '' };

/** The images that fit a filter. A filter by a removed label shows all images. */
export function filterImages({ labels, images }: Project, filter: Filter): StudioImage[] {
  const text = filter.text.trim().toLowerCase();
  return images.filter((image) => {
    if (!image.name.toLowerCase().includes(text)) return false;
    switch (filter.kind) {
      case 'undecided':
        return labels.length === 0 || !isDecided(image.marks, labels);
      case 'none':
        return isDecided(image.marks, labels) && labels.every(({ id }) => image.marks[id] === 0);
      case 'label':
        return (
          !labels.some(({ id }) => id === filter.label) ||
          markOf(image.marks, filter.label ?? '') === (filter.mark ?? 'yes')
        );
      default:
        return true;
    }
  });
}
