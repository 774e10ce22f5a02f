/** A new file: dropped, chosen, from a zip, or from the camera. */
export interface IncomingFile {
  /** The path within the folder or zip, with `/` between folders; or else the file's name. */
  readonly path: string;
  readonly file: File;
}

/** The use of a file, by its name. */
export type FileKind = 'image' | 'zip' | 'csv' | 'json' | 'other';

const KINDS: readonly (readonly [pattern: RegExp, kind: FileKind])[] = [
  [/\.(jpe?g|png|webp|gif|avif|bmp|jfif|tiff?|heic|heif)$/i, 'image'],
  [/\.zip$/i, 'zip'],
  [/\.(csv|tsv)$/i, 'csv'],
  [/\.json$/i, 'json'],
];

/** The use of a file. Files that systems put beside the user's own (`.DS_Store`, `__MACOSX/`) are `'other'`. */
export function fileKind({ path, file }: IncomingFile): FileKind {
  const parts = path.split('/');
  if (parts.some((part) => part.startsWith('.') || part === '__MACOSX')) return 'other';
  const named = KINDS.find(([pattern]) => pattern.test(path))?.[1];
  if (named) return named;
  return file.type.startsWith('image/') ? 'image' : 'other';
}
