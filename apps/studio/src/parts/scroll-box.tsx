import type { ComponentChildren } from 'preact';

/**
 * A part of the page that scrolls sideways on its own if it is too wide, also by keyboard, so that the page as a whole
 * doesn't.
 */
export function ScrollBox({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: users without a mouse scroll with the arrow keys
    <section class="scrolling" aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}
