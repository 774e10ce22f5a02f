import type { LabelId, Project, StudioLabel } from './project';
import { randomId } from './random-id';
import { StudioError } from './studio-error';

/** The greatest length of a label's name, which must fit on a chip. */
const LONGEST = 60;

/** Adds a label at the end; images aren't decided for the label. @throws StudioError if the name is empty, long or taken */
export function addLabel(project: Project, name: string, id: LabelId = randomId()): Project {
  return { ...project, labels: [...project.labels, { id, name: checkedName(project.labels, name) }] };
}

/** Renames a label; the marks stay. @throws StudioError if the name is empty, long or taken */
export function renameLabel(project: Project, id: LabelId, name: string): Project {
  const others = project.labels.filter((label) => label.id !== id);
  const checked = checkedName(others, name);
  return {
    ...project,
    labels: project.labels.map((label) => (label.id === id ? { id, name: checked } : label)),
  };
}

/** Removes a label and its marks. */
export function removeLabel(project: Project, id: LabelId): Project {
  return {
    labels: project.labels.filter((label) => label.id !== id),
    images: project.images.map((image) => {
      const { [id]: _, ...marks } = image.marks;
      return { ...image, marks };
    }),
  };
}

function checkedName(taken: readonly StudioLabel[], name: string): string {
  const trimmed = name.trim().replace(/\s+/g, ' ');
  if (trimmed === '') throw new StudioError('Type the name of the label first.');
  if (trimmed.length > LONGEST) {
    throw new StudioError(
      `A label's name may have ${LONGEST} characters; this one has ${trimmed.length}. Shorten it.`,
    );
  }
  if (taken.some((label) => label.name.toLowerCase() === trimmed.toLowerCase())) {
    throw new StudioError(`There is a label "${trimmed}" already. Choose another name.`);
  }
  return trimmed;
}
