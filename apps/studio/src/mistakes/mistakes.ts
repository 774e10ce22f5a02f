import type { LabelId, Project, StudioImage } from '../project/project';
import { scoreOf, type TrainedModel } from '../training/trained-model';

/** A label of an image about which the user and the model disagree. */
export interface Mistake {
  readonly image: StudioImage;
  readonly label: { readonly id: LabelId; readonly name: string };
  /** How the user has marked the label. */
  readonly marked: 0 | 1;
  /** The model's probability that the image has the label. */
  readonly probability: number;
  /** Whether the model learned from the image, or was only checked with it. */
  readonly part: 'train' | 'validation';
}

/** A mistake's name, by which the user's "it's right as it is" is remembered. */
export function mistakeKey({ image, label }: Pick<Mistake, 'image' | 'label'>): string {
  return `${image.id} ${label.id}`;
}

/**
 * What the user and the model disagree about, by today's marks and thresholds: the surest mistakes first. Marks that are
 * wrong are mostly among them.
 *
 * @param settled the keys of mistakes that the user has looked at already
 */
export function mistakesOf(
  project: Project,
  model: TrainedModel,
  settled: ReadonlySet<string> = new Set(),
): Mistake[] {
  const images = new Map(project.images.map((image) => [image.id, image]));
  const existing = new Set(project.labels.map(({ id }) => id));
  const mistakes = model.images.flatMap(({ id, part }, row) => {
    const image = images.get(id);
    if (!image) return [];
    return model.labels.flatMap((label, column): Mistake[] => {
      const marked = image.marks[label.id];
      if (marked === undefined || !existing.has(label.id)) return [];
      const probability = scoreOf(model, row, column);
      const predicted = probability >= (model.thresholds[column] ?? 0.5) ? 1 : 0;
      return predicted === marked ? [] : [{ image, label, marked, probability, part }];
    });
  });
  return mistakes
    .filter((mistake) => !settled.has(mistakeKey(mistake)))
    .sort((a, b) => surenessOf(b) - surenessOf(a));
}

/** How far the model's probability is from the user's mark. */
function surenessOf({ marked, probability }: Mistake): number {
  return Math.abs(marked - probability);
}
