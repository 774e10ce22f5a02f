import type { IncomingFile } from '../files/incoming-file';
import { labelsByFolder } from '../label-files/labels-by-folder';
import { FileButton } from '../parts/file-button';
import { EMPTY_PROJECT } from '../project/project';
import { addFiles, addLabelTable } from '../state/add-files';
import { change, project, redoable, redoLast, undoable, undoLast } from '../state/current-project';
import { exportCoco, exportCsv, exportZip } from '../state/export-labels';
import { attempt, tell } from '../state/notices';

const add = (files: readonly IncomingFile[]) => void attempt(() => addFiles(files));

/** The buttons that add images and labels, and that save them. */
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
          <summary>Project</summary>
          <div>
            <button type="button" disabled={labels.length === 0} onClick={exportCsv}>
              Save labels as CSV
            </button>
            <button type="button" disabled={labels.length === 0} onClick={exportCoco}>
              Save labels as COCO
            </button>
            <button type="button" onClick={() => attempt(exportZip)}>
              Save images and labels as zip
            </button>
            <button
              type="button"
              class="danger"
              onClick={() => {
                change('start a new project', EMPTY_PROJECT);
                tell('The project is empty. Undo brings it back, as long as this page is open.');
              }}
            >
              Start a new project
            </button>
          </div>
        </details>
      )}
      <button type="button" disabled={!undoable.value} title={undoable.value} onClick={undoLast}>
        Undo
      </button>
      {redoable.value && (
        <button type="button" title={redoable.value} onClick={redoLast}>
          Redo
        </button>
      )}
    </div>
  );
}
