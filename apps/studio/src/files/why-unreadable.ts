/** Formats that most browsers can't show, by the first bytes of a file, and how to get another format. */
const FORMATS: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [
    /^.{4}ftyp(?:hei[cxms]|hev[cmx]|mif1|msf1)/s,
    'is a HEIC photo, which this browser can’t show; save it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible)',
  ],
  [/^(?:II[*+]\0|MM\0[*+])/, 'is a TIFF or raw photo, which this browser can’t show; save it as JPEG or PNG'],
  [/^(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg)/i, 'is an SVG drawing; save it as PNG'],
];

/** Why an image file can't be shown, as a part of a sentence. */
export async function whyUnreadable(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, 32).arrayBuffer());
  if (file.size === 0) return 'is empty';
  const start = String.fromCharCode(...bytes);
  const known = FORMATS.find(([pattern]) => pattern.test(start))?.[1];
  return known ?? 'is damaged, or no JPEG, PNG, WebP, GIF, AVIF or BMP';
}
