import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Problems } from './notices';

interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page. Escape closes it, and the browser returns the focus. */
export function Modal({ title, onClose, onKeyDown, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-label={title} onClose={onClose} onKeyDown={onKeyDown}>
      <header>
        <h2>{title}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <Problems />
      {children}
    </dialog>
  );
}
