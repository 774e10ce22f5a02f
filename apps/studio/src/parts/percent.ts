/** A probability or share as a readable percentage: `0.1234` → `12 %`; `–` if it is undefined. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return '–';
  const rounded = Math.round(share * 100);
  // No probability is shown as 0 or 100 % unless it is exactly that.
  if (rounded === 0 && share > 0) return 'under 1 %';
  if (rounded === 100 && share < 1) return 'over 99 %';
  return `${rounded} %`;
}
