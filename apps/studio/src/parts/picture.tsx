import { useEffect, useState } from 'preact/hooks';
import { readPixels } from '../project/database';

interface PictureProps {
  readonly id: string;
  /** Whether the whole image is shown rather than its thumbnail. */
  readonly large?: boolean;
  /** Read out in place of the picture; empty if the name stands beside it. */
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
