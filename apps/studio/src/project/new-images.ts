import type { Project, StudioImage } from './project';

/** What becomes of images that are added. */
export interface AddedImages {
  readonly project: Project;
  readonly added: readonly StudioImage[];
  /** The names of files with the same bytes as an image that is there. They aren't added a second time. */
  readonly duplicates: readonly string[];
  /** Files whose name was taken by another image, and the names that they got. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/** Adds images. The same file is added once; another file of a name that is taken gets a number. */
export function addImages(project: Project, images: readonly StudioImage[]): AddedImages {
  const names = new Set(project.images.map(({ name }) => name));
  const hashes = new Set(project.images.map(({ hash }) => hash));
  const added: StudioImage[] = [];
  const duplicates: string[] = [];
  const renamed: { from: string; to: string }[] = [];
  for (const image of images) {
    if (hashes.has(image.hash)) {
      duplicates.push(image.name);
      continue;
    }
    const name = freeName(image.name, names);
    if (name !== image.name) renamed.push({ from: image.name, to: name });
    names.add(name);
    hashes.add(image.hash);
    added.push({ ...image, name });
  }
  return { project: { ...project, images: [...project.images, ...added] }, added, duplicates, renamed };
}

/** `a.png`, or `a (2).png` if that is taken, and so on. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > name.lastIndexOf('/') ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 2; ; number++) {
    const numbered = `${stem} (${number})${extension}`;
    if (!taken.has(numbered)) return numbered;
  }
}
