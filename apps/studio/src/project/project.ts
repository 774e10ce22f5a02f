/** The identity of a label, which stays if the label is renamed. */
export type LabelId = string;

export interface StudioLabel {
  readonly id: LabelId;
  readonly name: string;
}

/** Per label: 1 if the image has the label, 0 if it doesn't. A label that is missing here isn't decided yet. */
export type Marks = Readonly<Record<LabelId, 0 | 1>>;

/** An image of the project, without its pixels. They are in the browser's database under `id`. */
export interface StudioImage {
  readonly id: string;
  /** The path within the dropped folder or zip, or the file's name. No two images share it. */
  readonly name: string;
  /** The SHA-256 of the file, by which an image that is added twice is recognised. */
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  /** The size of the file in bytes. */
  readonly bytes: number;
  readonly marks: Marks;
}

/** The user's work, except pixels. It is never changed in place. */
export interface Project {
  readonly labels: readonly StudioLabel[];
  readonly images: readonly StudioImage[];
}

export const EMPTY_PROJECT: Project = { labels: [], images: [] };

/** The project with the images of some ids replaced by `change(image)`. */
export function changeImages(
  project: Project,
  ids: ReadonlySet<string>,
  change: (image: StudioImage) => StudioImage,
): Project {
  return { ...project, images: project.images.map((image) => (ids.has(image.id) ? change(image) : image)) };
}

/** The project without the images of some ids. */
export function removeImages(project: Project, ids: ReadonlySet<string>): Project {
  return { ...project, images: project.images.filter(({ id }) => !ids.has(id)) };
}
