import { type Mark, markOf } from '../project/marks';
import type { Project } from '../project/project';

/** The number of images with and without a label. */
export interface LabelBalance {
  readonly id: string;
  readonly name: string;
  readonly yes: number;
  readonly no: number;
  readonly undecided: number;
  /** The share of "yes" among decided images; NaN if none is decided. */
  readonly share: number;
  /** The problem with the label, in a sentence; undefined if there is none. */
  readonly advice?: string;
}

/** With fewer images with, or without, a label, it can't be learned and checked well. */
const FEW = 10;

/** The balance of each label, in the project's order. */
export function balanceOf(project: Project): LabelBalance[] {
  return project.labels.map(({ id, name }) => {
    const counts = countMarks(project, id);
    const advice = adviceFor(name, counts);
    return { id, name, ...counts, share: counts.yes / (counts.yes + counts.no), ...(advice && { advice }) };
  });
}

function adviceFor(name: string, { yes, no }: { readonly yes: number; readonly no: number }) {
  if (yes + no === 0) return `No image is decided for "${name}" yet.`;
  if (yes === 0) return `No image has "${name}", so nothing can learn it. Add images that have it.`;
  if (no === 0) return `Every image has "${name}", so nothing can tell it apart. Add images without it.`;
  if (yes < FEW)
    return `Only ${yes} ${yes === 1 ? 'image has' : 'images have'} "${name}"; ${FEW} or more are better.`;
  if (no < FEW)
    return `Only ${no} ${no === 1 ? 'image lacks' : 'images lack'} "${name}"; ${FEW} or more are better.`;
  return undefined;
}

/**
 * The number of images that have both of two labels: labels × labels, row-major. The diagonal has the number of each
 * label.
 */
export function togetherOf({ labels, images }: Project): number[] {
  return labels.flatMap(({ id: first }) =>
    labels.map(
      ({ id: second }) => images.filter(({ marks }) => marks[first] === 1 && marks[second] === 1).length,
    ),
  );
}

/** The number of images for which a label is `yes`, `no` or undecided. */
function countMarks({ images }: Project, label: string): Record<Mark, number> {
  const counts = { yes: 0, no: 0, undecided: 0 };
  for (const { marks } of images) counts[markOf(marks, label)]++;
  return counts;
}
