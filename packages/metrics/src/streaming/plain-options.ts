/** Options as JSON keeps them: typed arrays as arrays, nothing that is undefined; names in one order, so that equal options read alike. */
export function plainOptions<O extends object>(options: O): O {
  const entries = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        [name, typeof value === 'object' ? Array.from(value as ArrayLike<unknown>) : value] as const,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries) as O;
}
