import { announcement } from '../state/announce';

/** Reads announcements aloud to users of screen readers. */
export function Announcer() {
  return (
    <p class="unseen" role="status">
      {announcement.value}
    </p>
  );
}
