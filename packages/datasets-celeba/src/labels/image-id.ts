/**
 * The file name of an id. Ids may lack `.jpg`, and ids that were numbers may lack leading zeros.
 *
 * `000001.jpg`, `000001` and `1` are all `000001.jpg`.
 */
export function imageId(id: string): string {
  if (/^\d+$/.test(id)) return `${id.padStart(6, '0')}.jpg`;
  return id === '' || id.includes('.') ? id : `${id}.jpg`;
}
