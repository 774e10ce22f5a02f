import { addLabel } from '../project/labels';
import { changeImages, type LabelId, type Marks, type Project } from '../project/project';
import type { LabelTable } from './label-table';

/** The result of applying a table of labels. */
export interface AppliedLabels {
  readonly project: Project;
  /** The number of images that got labels. */
  readonly images: number;
  readonly newLabels: readonly string[];
  /** Rows whose image isn't in the project. */
  readonly unknown: readonly string[];
  /** Rows whose name fits several images of the project. */
  readonly ambiguous: readonly string[];
}

/**
 * Marks images by the rows of a label file. Known values replace marks; unknown values leave marks unchanged.
 *
 * A row's image is found by its full name or, if only one image fits, by the end of its path. Upper and lower case of
 * labels don't matter. Labels that the project lacks are added.
 */
export function applyLabels(project: Project, table: LabelTable): AppliedLabels {
  let changed = project;
  const newLabels: string[] = [];
  const ids: LabelId[] = table.labels.map((name) => {
    const same = ({ name: other }: { name: string }) => other.toLowerCase() === name.trim().toLowerCase();
    const existing = changed.labels.find(same);
    if (existing) return existing.id;
    changed = addLabel(changed, name);
    newLabels.push(name);
    return changed.labels.at(-1)?.id ?? '';
  });
  const find = finder(project);
  const marks = new Map<string, Marks>();
  const unknown: string[] = [];
  const ambiguous: string[] = [];
  for (const { image, values } of table.rows) {
    const found = find(image);
    if (found.length !== 1) {
      (found.length === 0 ? unknown : ambiguous).push(image);
      continue;
    }
    const known = ids.flatMap((id, column) => {
      const value = values[column];
      return value === undefined ? [] : [[id, value] as const];
    });
    const [only = ''] = found;
    if (known.length > 0) marks.set(only, { ...marks.get(only), ...Object.fromEntries(known) });
  }
  changed = changeImages(changed, new Set(marks.keys()), (image) => ({
    ...image,
    marks: { ...image.marks, ...marks.get(image.id) },
  }));
  return { project: changed, images: marks.size, newLabels, unknown, ambiguous };
}

/** Returns a function that finds the ids of the images that fit a name in a label file. */
function finder({ images }: Project): (name: string) => readonly string[] {
  const whole = new Map(images.map(({ name, id }) => [name, id]));
  // Without spaces at both ends, which CSV files lose.
  const ends = new Map<string, string[]>();
  for (const { name, id } of images) {
    const parts = name.trim().split('/');
    for (let from = 0; from < parts.length; from++) {
      const end = parts.slice(from).join('/');
      ends.set(end, [...(ends.get(end) ?? []), id]);
    }
  }
  return (name) => {
    const path = name.replaceAll('\\', '/').replace(/^\.\//, '');
    const exact = whole.get(path);
    if (exact) return [exact];
    const parts = path.trim().split('/');
    for (let from = 0; from < parts.length; from++) {
      const found = ends.get(parts.slice(from).join('/'));
      if (found) return found;
    }
    return [];
  };
}
