/** The edges of bins of equal width that divide [0, 1]. */
export function uniformEdges(bins: number): Float64Array {
  return Float64Array.from({ length: bins + 1 }, (_, at) => at / bins);
}
