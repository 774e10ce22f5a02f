import { useSignal } from '@preact/signals';
import { CameraDialog } from '../camera/camera-dialog';
import { PageTitle } from '../parts/page-title';
import { project } from '../state/current-project';
import { open } from '../state/view';
import { AddBar } from './add-bar';
import { BulkBar } from './bulk-bar';
import { FilterBar } from './filter-bar';
import { ImageDialog } from './image-dialog';
import { ImageGrid } from './image-grid';
import { LabelPanel } from './label-panel';

/** The page on which images are added and labelled, and labels are saved. */
export function LabelPage() {
  const camera = useSignal(false);
  const { images } = project.value;
  return (
    <>
      <PageTitle title="Images and labels">
        Add images, name the labels, and mark which image has which labels. An image may have several, or
        none.
      </PageTitle>
      <AddBar onCamera={() => (camera.value = true)} />
      <div class="columns">
        <LabelPanel />
        <section aria-label="Images">
          {images.length === 0 ? (
            <p class="empty">
              Drop images, a folder or a zip anywhere on this page. A CSV or COCO file beside them gives their
              labels.
            </p>
          ) : (
            <>
              <FilterBar />
              <ImageGrid />
              <BulkBar />
            </>
          )}
        </section>
      </div>
      {camera.value && <CameraDialog onClose={() => (camera.value = false)} />}
      {open.value && <ImageDialog />}
    </>
  );
}
