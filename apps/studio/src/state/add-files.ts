import { signal } from '@preact/signals';
import { hashOf, openImage } from '../files/image-file';
import { fileKind, type IncomingFile } from '../files/incoming-file';
import { listed } from '../files/listed';
import { readZip } from '../files/read-zip';
import { applyLabels } from '../label-files/apply-labels';
import type { LabelTable } from '../label-files/label-table';
import { writePixels } from '../project/database';
import { addImages } from '../project/new-images';
import type { Marks, StudioImage } from '../project/project';
import { randomId } from '../project/random-id';
import { change, project } from './current-project';
import { attempt, isNoRoom, sentenceOf, tell } from './notices';

/** The progress while files are added: the number of files read so far. */
export const adding = signal<{ readonly done: number; readonly name: string } | undefined>(undefined);

/** The number of images that are added to the page at once. */
const PIECE = 20;

/**
 * Adds images, and the labels of CSV and COCO files among them. Zips are opened. Files that can't be read are named;
 * the others are added.
 *
 * @param marks given to each new image
 */
export async function addFiles(files: readonly IncomingFile[], marks: Marks = {}): Promise<void> {
  const problems: string[] = [];
  const labelFiles: File[] = [];
  const intake = imageIntake(marks);
  let done = 0;
  let others = 0;
  const take = async (incoming: IncomingFile): Promise<void> => {
    adding.value = { done: done++, name: incoming.path };
    const kind = fileKind(incoming);
    if (kind === 'image') await intake.add(incoming);
    else if (kind === 'csv' || kind === 'json') labelFiles.push(incoming.file);
    else if (kind === 'zip') {
      for await (const inside of readZip(incoming.file, (problem) => problems.push(problem)))
        await take(inside);
    } else others++;
  };
  for (const incoming of files) {
    try {
      await take(incoming);
    } catch (error) {
      problems.push(sentenceOf(error));
      if (isNoRoom(error)) break;
    }
  }
  intake.finish();
  adding.value = undefined;
  if (others > 0 && others === files.length) {
    problems.push('There is no image, zip, CSV or COCO file among these files.');
  }
  for (const problem of [...problems.slice(0, 2), ...moreOf(problems)]) tell(problem, 'problem');
  for (const file of labelFiles) await attempt(() => addLabelFile(file));
}

function moreOf(problems: readonly string[]): string[] {
  return problems.length > 2 ? [`${problems.length - 2} more problems of this kind.`] : [];
}

/** Reads images one by one, and adds them to the project in groups. */
function imageIntake(marks: Marks) {
  const known = new Set(project.value.images.map(({ hash }) => hash));
  const broken: string[] = [];
  const duplicates: string[] = [];
  const renamed: string[] = [];
  let piece: StudioImage[] = [];
  let count = 0;
  const group = {};
  const addPiece = () => {
    if (piece.length === 0) return;
    const result = addImages(project.value, piece);
    count += result.added.length;
    change(`add ${count} ${count === 1 ? 'image' : 'images'}`, result.project, group);
    renamed.push(...result.renamed.map(({ from, to }) => `"${from}" is now "${to}"`));
    piece = [];
  };
  return {
    async add({ path, file }: IncomingFile): Promise<void> {
      const hash = await hashOf(file);
      if (known.has(hash)) {
        duplicates.push(path);
        return;
      }
      known.add(hash);
      try {
        const { thumbnail, width, height } = await openImage(file);
        const id = randomId();
        await writePixels(id, { file, thumbnail });
        piece.push({ id, name: path, hash, width, height, bytes: file.size, marks });
      } catch (error) {
        if (isNoRoom(error)) throw error;
        broken.push(`"${path}" ${sentenceOf(error)}`);
      }
      if (piece.length === PIECE) addPiece();
    },
    /** Adds the remaining images, and shows the result. */
    finish(): void {
      addPiece();
      if (count > 0) tell(`${count} ${count === 1 ? 'image' : 'images'} added.`);
      if (duplicates.length > 0) tell(`Already here, so not added again: ${listed(duplicates)}.`);
      if (renamed.length > 0) tell(`Two images had one name: ${listed(renamed)}.`);
      if (broken.length > 0) tell(`Left out: ${listed(broken)}.`, 'problem');
    },
  };
}

/** Marks images by a file of labels. */
async function addLabelFile(file: File): Promise<void> {
  const { readCocoLabels, readCsvLabels } = await import('../label-files/read-labels');
  const table = await (/\.json$/i.test(file.name) ? readCocoLabels(file) : readCsvLabels(file));
  addLabelTable(table, `"${file.name}"`);
}

/** Marks images by a table of labels, and shows the result. @param source the table's name in a sentence */
export function addLabelTable(table: LabelTable, source: string): void {
  const { project: changed, images, newLabels, unknown, ambiguous } = applyLabels(project.value, table);
  change(`labels from ${source}`, changed);
  const created = newLabels.length > 0 ? ` New labels: ${listed(newLabels)}.` : '';
  tell(`${source} gave labels to ${images} ${images === 1 ? 'image' : 'images'}.${created}`);
  if (unknown.length > 0) {
    tell(
      `${source} names ${unknown.length} ${unknown.length === 1 ? 'image that is' : 'images that are'} not here: ` +
        `${listed(unknown)}. Add the images, then open ${source} again.`,
      'problem',
    );
  }
  if (ambiguous.length > 0) {
    tell(
      `${source} has names that fit several images: ${listed(ambiguous)}. Write their folders, too.`,
      'problem',
    );
  }
}
