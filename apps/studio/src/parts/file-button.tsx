import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { IncomingFile } from '../files/incoming-file';
import { readInput } from '../files/read-drop';

interface FileButtonProps {
  readonly children: ComponentChildren;
  readonly accept?: string;
  /** Whether the user chooses a folder instead of files. */
  readonly folder?: boolean;
  readonly single?: boolean;
  readonly primary?: boolean;
  readonly onFiles: (files: readonly IncomingFile[]) => void;
}

/** A button that asks for files. */
export function FileButton({
  children,
  accept,
  folder = false,
  single = false,
  primary = false,
  onFiles,
}: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={primary ? 'primary' : ''} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        multiple={!single}
        {...(accept && { accept })}
        {...(folder && { webkitdirectory: true })}
        onChange={({ currentTarget }) => {
          if (currentTarget.files) onFiles(readInput(currentTarget.files));
          // Emptied, so that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
