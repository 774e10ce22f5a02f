/** The names nearest to a mistyped one, nearest first, by edit distance. Letter case and punctuation are ignored. */
export function nearestNames(name: string, names: readonly string[], count = 3): string[] {
  const wanted = simplify(name);
  return names
    .map((candidate) => ({ candidate, distance: distanceBetween(wanted, simplify(candidate)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Levenshtein's distance, minus the letters that one name only adds to the other ("hat" → "wearinghat"). */
function distanceBetween(a: string, b: string): number {
  if (a.length > 2 && (a.includes(b) || b.includes(a))) return Math.abs(a.length - b.length) / 10;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(change, previous[j] + 1, current[j - 1] + 1);
    }
    previous = current;
  }
  return previous[b.length];
}
