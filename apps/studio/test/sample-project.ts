import type { Marks, Project, StudioImage } from '../src/project/project';

/** A project of labels "dog" and "red", with images by name and marks. */
export function sampleProject(marks: Readonly<Record<string, Marks>>): Project {
  return {
    labels: [
      { id: 'D', name: 'dog' },
      { id: 'R', name: 'red' },
    ],
    images: Object.entries(marks).map(([name, ofImage]) => sampleImage(name, ofImage)),
  };
}

export function sampleImage(name: string, marks: Marks = {}): StudioImage {
  return { id: `id of ${name}`, name, hash: `hash of ${name}`, width: 4, height: 2, bytes: 10, marks };
}

export const idsOf = (...names: readonly string[]): ReadonlySet<string> =>
  new Set(names.map((name) => `id of ${name}`));
