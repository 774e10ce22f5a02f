/** Names for a sentence: the first few, and the number of the others. */
export function listed(names: readonly string[], most = 3): string {
  const first = names.slice(0, most).join(', ');
  return names.length > most ? `${first} and ${names.length - most} more` : first;
}
