import { downloadFile } from '../files/download-file';
import { writeZip, type ZipPart } from '../files/write-zip';
import { labelTable } from '../label-files/label-table';
import { labelsToCoco } from '../label-files/labels-to-coco';
import { labelsToCsv } from '../label-files/labels-to-csv';
import { readPixels } from '../project/database';
import { project } from './current-project';

export function exportCsv(): void {
  downloadFile('labels.csv', labelsToCsv(labelTable(project.value)), 'text/csv');
}

export function exportCoco(): void {
  const coco = labelsToCoco(labelTable(project.value), project.value.images);
  downloadFile('labels.json', JSON.stringify(coco, null, 1), 'application/json');
}

/** Saves images and labels as one zip, which the page can open again. */
export async function exportZip(): Promise<void> {
  downloadFile('images-and-labels.zip', await writeZip(parts()));
}

async function* parts(): AsyncGenerator<ZipPart> {
  yield { path: 'labels.csv', content: labelsToCsv(labelTable(project.value)), compress: true };
  for (const { id, name } of project.value.images) {
    const pixels = await readPixels(id);
    if (pixels) yield { path: name, content: pixels.file };
  }
}
