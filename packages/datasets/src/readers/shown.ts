/** A cell for messages, at most 60 letters of it. */
export function shown(cell: unknown): string {
  let plain: string | undefined;
  try {
    plain = JSON.stringify(cell, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  } catch {
    plain = String(Object.prototype.toString.call(cell));
  }
  return plain?.slice(0, 60) ?? 'nothing';
}
