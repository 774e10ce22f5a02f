/** The rows of each group, groups in the order in which they first appear. */
export function rowsOfGroups<G>(groups: ArrayLike<G>): Map<G, number[]> {
  const rows = new Map<G, number[]>();
  for (let row = 0; row < groups.length; row++) {
    const known = rows.get(groups[row]!);
    if (known === undefined) rows.set(groups[row]!, [row]);
    else known.push(row);
  }
  return rows;
}
