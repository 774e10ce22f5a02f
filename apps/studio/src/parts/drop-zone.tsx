import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { IncomingFile } from '../files/incoming-file';
import { readDrop } from '../files/read-drop';
import { addFiles } from '../state/add-files';
import { trained } from '../state/current-model';
import { attempt } from '../state/notices';
import { route } from '../state/route';
import { triedFile } from '../state/tried-file';

/** Adds dropped files to the project; where the user tries a trained model, shows the first one to the model. */
function take(files: readonly IncomingFile[]): void | Promise<void> {
  if (route.value !== 'try' || !trained.value) return addFiles(files);
  triedFile.value = files[0]?.file;
}

/** Accepts dropped files anywhere on the page. */
export function DropZone({ children }: { readonly children: ComponentChildren }) {
  const over = useSignal(0);
  const takes = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the buttons are the first
    <div
      class={over.value > 0 ? 'page dropping' : 'page'}
      onDragEnter={(event) => {
        if (takes(event)) over.value++;
      }}
      onDragLeave={(event) => {
        if (takes(event)) over.value--;
      }}
      onDragOver={(event) => {
        if (takes(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        over.value = 0;
        const { dataTransfer } = event;
        if (!takes(event) || !dataTransfer) return;
        event.preventDefault();
        const files = readDrop(dataTransfer);
        void attempt(async () => take(await files));
      }}
    >
      {children}
    </div>
  );
}
