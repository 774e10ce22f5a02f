import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Modal } from '../parts/modal';
import type { LabelId, Marks } from '../project/project';
import { addFiles } from '../state/add-files';
import { project } from '../state/current-project';
import { attempt } from '../state/notices';
import { pictureName, takePicture } from './camera';
import { CameraView } from './camera-view';

/** Takes pictures. Each picture gets the ticked labels. */
export function CameraDialog({ onClose }: { readonly onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const ready = useSignal(false);
  const taken = useSignal(0);
  const chosen = useSignal<ReadonlySet<LabelId>>(new Set());
  const { labels } = project.value;

  const take = () =>
    attempt(async () => {
      if (!video.current) return;
      const picture = await takePicture(video.current);
      const path = pictureName();
      const marks: Marks = Object.fromEntries(labels.map(({ id }) => [id, chosen.value.has(id) ? 1 : 0]));
      await addFiles([{ path, file: new File([picture], path, { type: picture.type }) }], marks);
      taken.value++;
    });
  const toggle = (id: LabelId) => {
    const next = new Set(chosen.value);
    if (!next.delete(id)) next.add(id);
    chosen.value = next;
  };

  return (
    <Modal title="Take pictures" onClose={onClose}>
      <CameraView video={video} onReady={() => (ready.value = true)} />
      {labels.length > 0 && (
        <fieldset>
          <legend>Labels of the next pictures</legend>
          {labels.map(({ id, name }) => (
            <label key={id} class="tick">
              <input type="checkbox" checked={chosen.value.has(id)} onChange={() => toggle(id)} />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      <p class="row">
        <button type="button" class="primary" disabled={!ready.value} onClick={take}>
          Take a picture
        </button>
        <span role="status">{taken.value > 0 && `${taken.value} taken`}</span>
      </p>
    </Modal>
  );
}
