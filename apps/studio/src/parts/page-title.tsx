import type { ComponentChildren } from 'preact';

/** The heading of a page, which gets the focus when the page is opened, and the purpose of the page. */
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
