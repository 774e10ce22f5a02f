/**
 * A table of 256 values for each channel of RGB pixels, made from how often the channel has each value.
 *
 * @param fill writes into the table, which comes as the identity
 */
export function channelTables(
  data: Uint8Array,
  fill: (counts: Int32Array, table: Uint8Array) => void,
): [Uint8Array, Uint8Array, Uint8Array] {
  const of = (channel: number) => {
    const counts = new Int32Array(256);
    for (let i = channel; i < data.length; i += 3) counts[data[i]]++;
    const table = Uint8Array.from({ length: 256 }, (_, value) => value);
    fill(counts, table);
    return table;
  };
  return [of(0), of(1), of(2)];
}
