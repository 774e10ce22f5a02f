import { balanceOf } from '../balance/balance';
import { listed } from '../files/listed';
import type { Project, StudioImage, StudioLabel } from '../project/project';
import { StudioError } from '../project/studio-error';

/** Fewer images can't be split into training and validation images. */
const FEWEST = 10;

/** The labels and images of a training. */
export interface TrainingPlan {
  /** The labels that can be learned. */
  readonly labels: readonly StudioLabel[];
  /** The images of which at least one of these labels is known. */
  readonly images: readonly StudioImage[];
  /** Sentences on what is left out, and on labels with few images. */
  readonly notes: readonly string[];
}

/** Chooses labels and images for a training. @throws StudioError if there is nothing to learn, with what to do */
export function planTraining(project: Project): TrainingPlan {
  if (project.images.length === 0) throw new StudioError('There are no images yet. Add images first.');
  if (project.labels.length === 0)
    throw new StudioError('There are no labels yet. Add a label, and mark images.');
  const balance = balanceOf(project);
  const learnable = new Set(balance.filter(({ yes, no }) => yes > 0 && no > 0).map(({ id }) => id));
  const labels = project.labels.filter(({ id }) => learnable.has(id));
  if (labels.length === 0) {
    const [first] = balance;
    throw new StudioError(
      first?.advice ?? 'No label can be learned yet. Mark images that have it and images that lack it.',
    );
  }
  const images = project.images.filter(({ marks }) => labels.some(({ id }) => marks[id] !== undefined));
  if (images.length < FEWEST) {
    throw new StudioError(
      `Only ${images.length} images are decided; a training needs ${FEWEST}, and a hundred are better. Mark more images.`,
    );
  }
  return { labels, images, notes: notesOn(project, balance, learnable, images.length) };
}

function notesOn(
  { images }: Project,
  balance: ReturnType<typeof balanceOf>,
  learnable: ReadonlySet<string>,
  used: number,
): string[] {
  const leftOut = balance.filter(({ id }) => !learnable.has(id)).map(({ name }) => name);
  const advice = balance.filter(({ id }) => learnable.has(id)).flatMap((label) => label.advice ?? []);
  const undecided = images.length - used;
  return [
    ...(leftOut.length > 0
      ? [`Left out, because all decided images have the same mark: ${listed(leftOut, 10)}.`]
      : []),
    ...(undecided > 0 ? [`${undecided} images aren't decided, and aren't used.`] : []),
    ...advice,
  ];
}
