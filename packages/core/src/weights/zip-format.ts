/** The first bytes of the records of a zip, as little-endian numbers, and the numbers that say "too large for this field". */
export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;
export const FULL_16 = 0xffff;
export const FULL_32 = 0xffffffff;
