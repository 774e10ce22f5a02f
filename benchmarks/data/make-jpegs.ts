import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** CelebA's size. */
const SMALL = [178, 218] as const;

/**
 * Writes as many JPEGs as asked for, by default of CelebA's size and about its 8 KB: soft shapes and a little grain. Returns
 * their paths.
 */
export async function makeJpegs(
  folder: string,
  count: number,
  [width, height]: readonly [width: number, height: number] = SMALL,
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  for (let image = 0; image < count; image++) {
    const path = join(folder, `${String(image).padStart(6, '0')}.jpg`);
    const picture = sharp(pixels(image, width, height), { raw: { width, height, channels: 3 } });
    writeFileSync(path, await picture.jpeg({ quality: 90 }).toBuffer());
    paths.push(path);
  }
  return paths;
}

function pixels(seed: number, width: number, height: number): Uint8Array {
  const data = new Uint8ClampedArray(width * height * 3);
  let grain = seed + 1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++, i++) {
        grain = (Math.imul(grain, 1664525) + 1013904223) | 0;
        const shapes =
          Math.sin(x / (11 + (seed % 17) + channel)) * Math.cos(y / (13 + (seed % 23))) +
          0.5 * Math.sin((x + 2 * y) / (7 + (seed % 5)));
        data[i] = 128 + 60 * shapes + (grain >>> 28);
      }
    }
  }
  return new Uint8Array(data.buffer);
}
