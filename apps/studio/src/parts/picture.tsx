import { useEffect, useState } from 'preact/hooks';
import { readPixels } from '../project/database';

interface PictureProps {
  readonly id: string;
  /** Whether to show the whole image instead of its thumbnail. */
  readonly large?: boolean;
  /** The text for screen readers; empty if the name is next to the picture. */
  readonly alt: string;
}

/** An image of the project. */
export function Picture({ id, large = false, alt }: PictureProps) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    void readPixels(id).then((pixels) => {
      if (gone || !pixels) return;
      made = URL.createObjectURL(large ? pixels.file : pixels.thumbnail);
      setUrl(made);
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [id, large]);
  return url ? (
    <img src={url} alt={alt} draggable={false} decoding="async" />
  ) : (
    <span class="waiting" role="presentation" />
  );
}
