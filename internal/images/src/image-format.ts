/** The formats that can be decoded. Browsers decode BMP, too, but not TIFF. */
export type ImageFormat = 'JPEG' | 'PNG' | 'WebP' | 'GIF' | 'AVIF' | 'TIFF' | 'BMP';

/** The format of an encoded image by its first bytes; undefined for other formats, such as SVG, PDF and JPEG 2000. */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith('\xff\xd8')) return 'JPEG';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'GIF';
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return 'WebP';
  // AVIF and HEIC are both ISO media files; the decoder tells whether it knows the codec
  if (text.slice(4, 8) === 'ftyp') return 'AVIF';
  if (/^(?:II[*+]\0|MM\0[*+])/.test(text)) return 'TIFF';
  if (text.startsWith('BM')) return 'BMP';
  return undefined;
}
