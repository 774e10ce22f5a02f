import type { LabelId, Project, StudioImage } from '../project/project';
import { scoreOf, type TrainedModel } from '../training/trained-model';

/** A label of an image on which the user and the model disagree. */
export interface Mistake {
  readonly image: StudioImage;
  readonly label: { readonly id: LabelId; readonly name: string };
  /** The user's mark. */
  readonly marked: 0 | 1;
  /** The model's probability that the image has the label. */
  readonly probability: number;
  /** Whether the image was used to train the model, or only to validate it. */
  readonly part: 'train' | 'validation';
}

/** The key of a mistake, under which the page remembers that the user has confirmed the mark. */
export function mistakeKey({ image, label }: Pick<Mistake, 'image' | 'label'>): string {
  return `${image.id} ${label.id}`;
}

/**
 * The disagreements of user and model, by the current marks and thresholds. Those of which the model is most certain
 * come first; wrong marks are mostly among them.
 *
 * @param settled the keys of mistakes that the user has confirmed already
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

/** The distance of the model's probability from the user's mark. */
function surenessOf({ marked, probability }: Mistake): number {
  return Math.abs(marked - probability);
}
