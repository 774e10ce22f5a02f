import { adding } from '../state/add-files';
import { closeNotice, notices } from '../state/notices';

/** The messages of the page. Screen readers read new ones aloud. */
export function Notices() {
  return (
    <div class="notices">
      <div role="status" aria-live="polite">
        {adding.value && (
          <p class="notice">
            Looking at file {adding.value.done + 1}: {adding.value.name}
          </p>
        )}
        {notices.value.filter(({ kind }) => kind === 'info').map(shownNotice)}
      </div>
      <Problems />
    </div>
  );
}

/** The problems alone. A dialog shows them, too, because it hides the page's messages. */
export function Problems() {
  return <div role="alert">{notices.value.filter(({ kind }) => kind === 'problem').map(shownNotice)}</div>;
}

function shownNotice({ id, kind, text }: (typeof notices.value)[number]) {
  return (
    <div class={`notice ${kind}`} key={id}>
      <p>{text}</p>
      <button type="button" class="plain" aria-label="Close this message" onClick={() => closeNotice(id)}>
        ×
      </button>
    </div>
  );
}
