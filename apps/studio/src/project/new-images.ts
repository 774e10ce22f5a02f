import type { Project, StudioImage } from './project';

/** The result of adding images. */
export interface AddedImages {
  readonly project: Project;
  readonly added: readonly StudioImage[];
  /** The names of files with the same bytes as an image of the project. They aren't added again. */
  readonly duplicates: readonly string[];
  /** Files whose name another image already had, and their new names. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/** Adds images. The same file is added only once. A different file with a name in use gets a number. */
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

/** The first unused name among `a.png`, `a (2).png`, `a (3).png`, … */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > name.lastIndexOf('/') ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 2; ; number++) {
    const numbered = `${stem} (${number})${extension}`;
    if (!taken.has(numbered)) return numbered;
  }
}
