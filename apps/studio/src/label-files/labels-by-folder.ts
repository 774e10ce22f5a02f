import type { Project } from '../project/project';
import type { LabelTable } from './label-table';

/**
 * A table that gives each image in a folder the label that the folder is named after: `dog/1.png` is a dog. Images that
 * aren't in a folder have no row. Other labels stay as they are.
 */
export function labelsByFolder({ images }: Project): LabelTable {
  const inFolders = images.flatMap(({ name }) => {
    const folder = name.split('/').at(-2);
    return folder ? [{ name, folder }] : [];
  });
  const labels = [...new Set(inFolders.map(({ folder }) => folder))];
  return {
    labels,
    rows: inFolders.map(({ name, folder }) => ({
      image: name,
      values: labels.map((label) => (label === folder ? 1 : 0)),
    })),
  };
}
