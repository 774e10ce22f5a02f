import { signal } from '@preact/signals';
import { StudioError } from '../project/studio-error';

/** A sentence for the user, which stays on the page until it is closed. */
export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'problem';
  readonly text: string;
}

/** The most notices at once; more would push the page's content away. */
const MOST = 4;

export const notices = signal<readonly Notice[]>([]);
let last = 0;

/** Shows a sentence. A sentence that is shown already isn't repeated. */
export function tell(text: string, kind: Notice['kind'] = 'info'): void {
  const others = notices.value.filter((notice) => notice.text !== text);
  notices.value = [...others, { id: ++last, kind, text }].slice(-MOST);
}

/** Closes notices that only inform; problems stay. */
export function closeInfos(): void {
  notices.value = notices.value.filter(({ kind }) => kind === 'problem');
}

export function closeNotice(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}

/** Runs an action, and shows its error if it fails. */
export async function attempt(action: () => void | Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    tell(sentenceOf(error), 'problem');
    if (!(error instanceof StudioError)) console.error(error);
  }
}

/** Whether the browser refused to store something for lack of room. */
export function isNoRoom(error: unknown): boolean {
  const { name, cause } = (error ?? {}) as Partial<Error>;
  return name === 'QuotaExceededError' || (cause !== undefined && isNoRoom(cause));
}

/** The sentence for the user about an error. Errors of Thaw already say what to do. */
export function sentenceOf(error: unknown): string {
  if (error instanceof StudioError) return error.message;
  if (isNoRoom(error)) {
    return 'The browser has no room left for this page. Free space on the disk, or save your labels and start a smaller project.';
  }
  return error instanceof Error ? error.message : String(error);
}
