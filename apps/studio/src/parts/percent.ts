/** A probability or share for people: `0.1234` → `12 %`; `–` if it isn't defined. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return '–';
  const rounded = Math.round(share * 100);
  // Nothing is quite certain.
  if (rounded === 0 && share > 0) return 'under 1 %';
  if (rounded === 100 && share < 1) return 'over 99 %';
  return `${rounded} %`;
}
