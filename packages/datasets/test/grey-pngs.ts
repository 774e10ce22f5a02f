import sharp from 'sharp';

/** PNG files of one colour each: image i is grey of value i, as long as i is below 256. */
export async function greyPngs(count: number, width = 6, height = 5): Promise<Uint8Array[]> {
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      sharp({ create: { width, height, channels: 3, background: { r: i, g: i, b: i } } })
        .png()
        .toBuffer(),
    ),
  );
}
