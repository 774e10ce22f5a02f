/** The indices of the `count` smallest values, smallest first; of equal values the earlier index comes first. */
export function smallest(values: Float64Array, count: number): Int32Array {
  const size = Math.min(count, values.length);
  const heap = new Int32Array(size);
  // a max-heap of the best so far: its root is the one to drop
  const worse = (a: number, b: number) => values[a] > values[b] || (values[a] === values[b] && a > b);
  const sink = (length: number, root: number) => {
    for (let parent = root; ; ) {
      let child = 2 * parent + 1;
      if (child >= length) return;
      if (child + 1 < length && worse(heap[child + 1], heap[child])) child++;
      if (!worse(heap[child], heap[parent])) return;
      [heap[parent], heap[child]] = [heap[child], heap[parent]];
      parent = child;
    }
  };
  for (let i = 0; i < size; i++) heap[i] = i;
  for (let root = (size >> 1) - 1; root >= 0; root--) sink(size, root);
  for (let i = size; i < values.length && size > 0; i++) {
    if (values[i] >= values[heap[0]]) continue;
    heap[0] = i;
    sink(size, 0);
  }
  return heap.sort((a, b) => (worse(a, b) ? 1 : -1));
}
