import type { ComponentChildren } from 'preact';

/** A part of the page that scrolls sideways by itself if it is too wide, by keyboard too, so that the page never does. */
export function ScrollBox({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls with the arrow keys
    <section class="scrolling" aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}
