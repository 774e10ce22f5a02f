/** The sizes and axes by which an array is divided into groups. */
export interface GroupSizes {
  /** The array's sizes with the axis of channels split in two: groups, and channels per group. */
  readonly apart: readonly (number | null)[];
  /** The axes of `apart` over which the statistics of a group are computed. */
  readonly axes: readonly number[];
  /** The sizes in which gamma and beta broadcast with the array. */
  readonly perChannel: number[];
}

export function groupSizes(
  sizes: readonly (number | null)[],
  { groups, axis }: { readonly groups: number; readonly axis: number },
): GroupSizes {
  const channel = channelAxis(axis, sizes.length);
  const channels = Number(sizes[channel]);
  const count = groupsOf(groups, channels);
  const apart = [...sizes.slice(0, channel), count, channels / count, ...sizes.slice(channel + 1)];
  return {
    apart,
    axes: apart.map((_, i) => i).filter((i) => i !== 0 && i !== channel),
    perChannel: sizes.map((_, i) => (i === channel ? channels : 1)),
  };
}

export function channelAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

export function groupsOf(groups: number, channels: number): number {
  return groups === -1 ? channels : groups;
}
