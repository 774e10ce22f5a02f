/**
 * The file name that an id means: ids may have lost their `.jpg`, and as numbers their leading zeros too.
 *
 * `000001.jpg`, `000001` and `1` are all `000001.jpg`.
 */
export function imageId(id: string): string {
  if (/^\d+$/.test(id)) return `${id.padStart(6, '0')}.jpg`;
  return id === '' || id.includes('.') ? id : `${id}.jpg`;
}
