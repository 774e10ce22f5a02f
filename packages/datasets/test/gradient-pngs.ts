import sharp from 'sharp';

/** PNGs of 6 × 5 that differ in every pixel, so that a turn shows. */
export async function gradientPngs(count: number): Promise<Uint8Array[]> {
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const raw = Uint8Array.from({ length: 6 * 5 * 3 }, (_, k) => (k * 5 + i) % 256);
      return sharp(raw, { raw: { width: 6, height: 5, channels: 3 } })
        .png()
        .toBuffer();
    }),
  );
}
