import { WeightsFileError } from './errors';

// A global heap of HDF5 holds texts of attributes: the signature, version 1, three zero bytes, the heap's size (8 bytes), and
// objects. An object is its number (2 bytes), a count (2), zeros (4), its size (8), and its bytes up to a multiple of 8.
// Object 0 is free space, whose size includes these 16 bytes.
const SIGNATURE = [...'GCOL'].map((letter) => letter.charCodeAt(0)).concat(1, 0, 0, 0);
const HEAD_BYTES = 16;
const OBJECT_BYTES = 16;

/**
 * Checks that the objects of each global heap of an HDF5 file follow each other to the heap's end. The HDF5 library never
 * comes to the end of a heap with an object of free space of no size.
 *
 * @throws {WeightsFileError} an object has no size, or ends behind its heap
 */
export function checkGlobalHeaps(bytes: Uint8Array, source: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = nextHeap(bytes, 0); at >= 0; at = nextHeap(bytes, at + 1)) {
    const end = at + Number(view.getBigUint64(at + 8, true));
    // Numbers that only look like a heap are in a dataset.
    if (end > bytes.length) continue;
    let object = at + HEAD_BYTES;
    while (object + OBJECT_BYTES <= end) {
      const number = view.getUint16(object, true);
      const size = Number(view.getBigUint64(object + 8, true));
      const length = number === 0 ? size : OBJECT_BYTES + 8 * Math.ceil(size / 8);
      if (length === 0 || object + length > end) {
        throw new WeightsFileError(
          `${source}: expected texts of ${end - at} bytes at byte ${at}; the one at byte ${object} has ${size} bytes. ` +
            'The file is damaged: download or save it again.',
        );
      }
      object += length;
    }
  }
}

/** The position of the next global heap; -1 if there is none. */
function nextHeap(bytes: Uint8Array, from: number): number {
  const last = bytes.length - HEAD_BYTES;
  for (let at = bytes.indexOf(SIGNATURE[0], from); at >= 0 && at <= last; ) {
    const start = at;
    if (SIGNATURE.every((byte, i) => bytes[start + i] === byte)) return at;
    at = bytes.indexOf(SIGNATURE[0], at + 1);
  }
  return -1;
}
