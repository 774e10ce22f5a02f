import { randomStream } from './random-stream';

/** How a photograph was taken: everything about an image that isn't the face. Lengths in pixels of 178×218. */
export interface Conditions {
  /** Pixels a unit of avataaars' 264×280. */
  readonly scale: number;
  readonly eyesX: number;
  readonly eyesY: number;
  readonly tiltDegrees: number;
  readonly background: Background;
  /** Standard deviation of the lens' blur. */
  readonly blur: number;
  /** Gain and tone: output = 255·(gain·input/255)^gamma, by channel. */
  readonly gain: readonly [red: number, green: number, blue: number];
  readonly gamma: number;
  readonly contrast: number;
  /** Light falls off across the image by this share, in this direction. */
  readonly fallOff: number;
  readonly lightAngle: number;
  /** Standard deviation of the sensor's noise, of 255. */
  readonly noise: number;
  readonly noiseSeed: number;
  readonly jpegQuality: number;
}

interface Background {
  readonly from: string;
  readonly to: string;
  readonly angleDegrees: number;
  readonly shapes: readonly {
    kind: 'circle' | 'bar';
    x: number;
    y: number;
    size: number;
    colour: string;
    opacity: number;
  }[];
}

/** The conditions of image `image` (counted from 0); only a blurry one's focus is far off. */
export function sampleConditions(seed: number, image: number, blurry: boolean): Conditions {
  const random = randomStream(seed, 'conditions', image);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const focus = random();
  return {
    blur: blurry ? 2 + 1.6 * focus : 0.3 + 0.55 * focus,
    scale: between(0.76, 0.92),
    eyesX: 89 + between(-7, 7),
    eyesY: 104 + between(-7, 7),
    tiltDegrees: bell(random) * 5,
    gain: [between(0.9, 1.08), between(0.92, 1.06), between(0.88, 1.1)],
    gamma: between(0.82, 1.22),
    contrast: between(0.8, 1.12),
    fallOff: between(0, 0.45),
    lightAngle: between(0, 2 * Math.PI),
    noise: between(1, 7),
    noiseSeed: Math.floor(random() * 2 ** 31),
    jpegQuality: Math.round(between(60, 95)),
    background: {
      from: hsl(random(), between(0.05, 0.6), between(0.2, 0.9)),
      to: hsl(random(), between(0.05, 0.6), between(0.2, 0.9)),
      angleDegrees: between(0, 360),
      shapes: Array.from({ length: Math.floor(between(0, 7)) }, () => ({
        kind: random() < 0.5 ? 'circle' : 'bar',
        x: between(-20, 198),
        y: between(-20, 238),
        size: between(10, 70),
        colour: hsl(random(), between(0.1, 0.7), between(0.15, 0.9)),
        opacity: between(0.25, 0.9),
      })),
    },
  };
}

/** Roughly normal, standard deviation 1, never beyond ±3. */
function bell(random: () => number): number {
  return 2 * (random() + random() + random() - 1.5);
}

function hsl(hue: number, saturation: number, lightness: number): string {
  const channel = (n: number): string => {
    const k = (n + hue * 12) % 12;
    const value =
      lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return channel(0) + channel(8) + channel(4);
}
