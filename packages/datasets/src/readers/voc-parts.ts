import type { SplitName } from '../records/dataset-records';
import type { ListedFolder } from './list-folder';

const UTF8 = new TextDecoder();
const LISTS: readonly (readonly [file: string, part: SplitName])[] = [
  ['train.txt', 'train'],
  ['val.txt', 'validation'],
  ['test.txt', 'test'],
];

/**
 * The official part of each image by its name without extension, of the lists in VOC's `ImageSets/Main`, an image a line.
 *
 * @param path the path of an annotation, in the folder beside `ImageSets`
 */
export async function vocParts(path: string, folder: ListedFolder): Promise<ReadonlyMap<string, SplitName>> {
  const root = path.replace(/(?:^|\/)[^/]*\/[^/]*$/, '');
  const partOf = new Map<string, SplitName>();
  for (const [file, part] of LISTS) {
    const list = `${root === '' ? '' : `${root}/`}ImageSets/Main/${file}`;
    if (!folder.has(list)) continue;
    for (const line of UTF8.decode(await folder.read(list)).split('\n')) {
      const [name] = line.trim().split(/\s+/);
      if (name) partOf.set(name, part);
    }
  }
  return partOf;
}
