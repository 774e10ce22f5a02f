import { takeProject } from '../state/own-project';

/** Shown in place of a page while another tab has the project. */
export function OtherTab() {
  return (
    <section class="empty stack">
      <h1 tabIndex={-1}>Thaw Studio is open in another tab</h1>
      <p>
        Two tabs would overwrite each other’s labels. Close the other tab, and this one goes on by itself; or
        go on here, and the other tab stops. A training that runs there can then go on here.
      </p>
      <p>
        <button type="button" class="primary" onClick={takeProject}>
          Go on here
        </button>
      </p>
    </section>
  );
}
