import { signal } from '@preact/signals';

/** The last sentence for screen readers. */
export const announcement = signal('');

/** Says what a key or a button did to those who don't see it. */
export function announce(text: string): void {
  // A sentence that is the same as the last one is read again only if its text differs.
  announcement.value = text === announcement.value ? `${text} ` : text;
}
