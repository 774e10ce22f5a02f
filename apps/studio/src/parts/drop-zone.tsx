import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { readDrop } from '../files/read-drop';
import { addFiles } from '../state/add-files';
import { attempt } from '../state/notices';

/** Accepts dropped files anywhere on the page, except where the user tries a trained model. */
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
        void attempt(async () => addFiles(await files));
      }}
    >
      {children}
    </div>
  );
}
