import type { IncomingFile } from '../files/incoming-file';
import { labelsByFolder } from '../label-files/labels-by-folder';
import { FileButton } from '../parts/file-button';
import { addFiles, addLabelTable } from '../state/add-files';
import { project, undoable, undoLast } from '../state/current-project';
import { exportCoco, exportCsv, exportZip } from '../state/export-labels';
import { attempt } from '../state/notices';

const add = (files: readonly IncomingFile[]) => void attempt(() => addFiles(files));

/** The ways in and out for images and labels. */
export function AddBar({ onCamera }: { readonly onCamera: () => void }) {
  const { images, labels } = project.value;
  const inFolders = images.some(({ name }) => name.includes('/'));
  return (
    <div class="bar" role="toolbar" aria-label="Add and save">
      <FileButton primary accept="image/*,.zip" onFiles={add}>
        Add images or a zip
      </FileButton>
      <FileButton folder onFiles={add}>
        Add a folder
      </FileButton>
      <button type="button" onClick={onCamera}>
        Camera
      </button>
      <FileButton accept=".csv,.tsv,.json" onFiles={add}>
        Open labels (CSV, COCO)
      </FileButton>
      {inFolders && (
        <button
          type="button"
          onClick={() => addLabelTable(labelsByFolder(project.value), 'The folders’ names')}
        >
          Label by folder
        </button>
      )}
      {images.length > 0 && (
        <details class="menu">
          <summary>Save</summary>
          <div>
            <button type="button" disabled={labels.length === 0} onClick={exportCsv}>
              Labels as CSV
            </button>
            <button type="button" disabled={labels.length === 0} onClick={exportCoco}>
              Labels as COCO
            </button>
            <button type="button" onClick={() => attempt(exportZip)}>
              Images and labels as zip
            </button>
          </div>
        </details>
      )}
      <button type="button" disabled={!undoable.value} title={undoable.value} onClick={undoLast}>
        Undo
      </button>
    </div>
  );
}
