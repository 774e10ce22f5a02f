import type { ComponentChildren } from 'preact';

/** A page's heading, which gets the focus when the page is opened, and what the page is for. */
export function PageTitle({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      {children && <p class="lead">{children}</p>}
    </>
  );
}
