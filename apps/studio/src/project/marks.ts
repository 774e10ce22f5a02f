import { changeImages, type LabelId, type Marks, type Project, type StudioLabel } from './project';

/** Whether an image has a label, doesn't have it, or isn't decided. */
export type Mark = 'yes' | 'no' | 'undecided';

export function markOf(marks: Marks, label: LabelId): Mark {
  const value = marks[label];
  if (value === undefined) return 'undecided';
  return value === 1 ? 'yes' : 'no';
}

/** Whether the image is decided for all labels. */
export function isDecided(marks: Marks, labels: readonly StudioLabel[]): boolean {
  return labels.every(({ id }) => marks[id] !== undefined);
}

/** Marks undecided labels as "no": a user who marks one label of an image has seen the image. */
function decideRest(marks: Marks, labels: readonly StudioLabel[]): Marks {
  return { ...Object.fromEntries(labels.map(({ id }) => [id, 0 as const])), ...marks };
}

/** Marks one label of some images. Their undecided labels become "no", unless the mark itself is "undecided". */
export function mark(project: Project, ids: ReadonlySet<string>, label: LabelId, value: Mark): Project {
  return changeImages(project, ids, (image) => {
    const { [label]: _, ...others } = image.marks;
    if (value === 'undecided') return { ...image, marks: others };
    const marks = { ...others, [label]: value === 'yes' ? (1 as const) : (0 as const) };
    return { ...image, marks: decideRest(marks, project.labels) };
  });
}

/** Gives a label to all of some images, or takes it from them if all of them have it. */
export function toggle(project: Project, ids: ReadonlySet<string>, label: LabelId): Project {
  const chosen = project.images.filter(({ id }) => ids.has(id));
  const allHaveIt = chosen.length > 0 && chosen.every(({ marks }) => marks[label] === 1);
  return mark(project, ids, label, allHaveIt ? 'no' : 'yes');
}

/** Marks all labels of some images as "no". */
export function markNone(project: Project, ids: ReadonlySet<string>): Project {
  return changeImages(project, ids, (image) => ({ ...image, marks: decideRest({}, project.labels) }));
}

/** The labels that an image has, in the project's order. */
export function labelsOf(marks: Marks, labels: readonly StudioLabel[]): StudioLabel[] {
  return labels.filter(({ id }) => marks[id] === 1);
}
