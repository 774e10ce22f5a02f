/** The facts in a JPEG's markers before the first scan. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** Sampling factors per component, horizontal and vertical, as `"2×2 1×1 1×1"`. */
  readonly sampling: string;
  /** Whether the samples have 8 bits. */
  readonly isEightBit: boolean;
  /** Whether EXIF orientation turns or mirrors the pixels. Also true if the EXIF data can't be read. */
  readonly isTurned: boolean;
  /** Whether a colour profile is embedded. */
  readonly hasProfile: boolean;
}

/** The markers of baseline, extended and progressive frames, each with Huffman codes. */
const FRAMES = [0xc0, 0xc1, 0xc2];
const [APP1, APP2, START_OF_SCAN] = [0xe1, 0xe2, 0xda];

/**
 * Reads a JPEG's markers up to the first scan.
 *
 * @returns undefined if the bytes aren't a JPEG whose frame has Huffman codes, or are damaged
 */
export function jpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: Pick<JpegHeader, 'width' | 'height' | 'sampling' | 'isEightBit'> | undefined;
  let isTurned = false;
  let hasProfile = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === START_OF_SCAN) return frame && { ...frame, isTurned, hasProfile };
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    const segment = new DataView(view.buffer, view.byteOffset + at + 4, length - 2);
    if (FRAMES.includes(marker)) frame = frameOf(segment);
    else if (marker === APP1 && startsWith(segment, 'Exif\0')) isTurned ||= orientationOf(segment) !== 1;
    else if (marker === APP2 && startsWith(segment, 'ICC_PROFILE\0')) hasProfile = true;
    at = end;
  }
  return undefined;
}

function frameOf(segment: DataView) {
  if (segment.byteLength < 6) return undefined;
  const components = segment.getUint8(5);
  if (segment.byteLength < 6 + 3 * components) return undefined;
  const factors = Array.from({ length: components }, (_, i) => segment.getUint8(7 + 3 * i));
  return {
    isEightBit: segment.getUint8(0) === 8,
    height: segment.getUint16(1),
    width: segment.getUint16(3),
    sampling: factors.map((factor) => `${factor >> 4}×${factor & 15}`).join(' '),
  };
}

const startsWith = (segment: DataView, text: string) =>
  segment.byteLength >= text.length &&
  [...text].every((char, i) => segment.getUint8(i) === char.charCodeAt(0));

/** The orientation of an EXIF segment; 1, upright, if it has none, and undefined if the segment can't be read. */
function orientationOf(segment: DataView): number | undefined {
  const tiff = 6;
  if (segment.byteLength < tiff + 8) return undefined;
  const isLittle = segment.getUint16(tiff) === 0x4949;
  const entries = tiff + segment.getUint32(tiff + 4, isLittle);
  if (entries + 2 > segment.byteLength) return undefined;
  const count = segment.getUint16(entries, isLittle);
  if (entries + 2 + 12 * count > segment.byteLength) return undefined;
  for (let entry = entries + 2; entry < entries + 2 + 12 * count; entry += 12) {
    if (segment.getUint16(entry, isLittle) === 0x0112) return segment.getUint16(entry + 8, isLittle);
  }
  return 1;
}
