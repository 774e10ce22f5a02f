import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  type Attributes,
  CELEBA_ATTRIBUTES,
  type CelebaAttribute,
  DRAWN_ATTRIBUTES,
} from '../../src/synthetic-faces/attributes';
import { photograph } from '../../src/synthetic-faces/photograph';
import { type Conditions, sampleConditions } from '../../src/synthetic-faces/sample-conditions';
import { sampleTraits } from '../../src/synthetic-faces/sample-traits';

const MENS: readonly CelebaAttribute[] = ['5_o_Clock_Shadow', 'Goatee', 'Mustache', 'No_Beard', 'Sideburns'];

/** Blurry belongs to the camera. */
const IN_THE_FACE = DRAWN_ATTRIBUTES.filter((attribute) => attribute !== 'Blurry');

/** A face with nothing on it, but what a face needs for the attribute to make sense. */
function plain(attribute: CelebaAttribute): Attributes {
  const on: CelebaAttribute[] = ['Young', 'No_Beard'];
  if (!attribute.endsWith('_Hair')) on.push('Brown_Hair');
  if (MENS.includes(attribute)) on.push('Male');
  return Object.fromEntries(CELEBA_ATTRIBUTES.map((name) => [name, on.includes(name)])) as Attributes;
}

/** Light and grain as they are on average; place, tilt and background are the face's own. */
function ordinary(face: number, blurry: boolean): Conditions {
  return {
    ...sampleConditions(42, face, blurry),
    noise: 4,
    contrast: 0.96,
    gamma: 1,
    fallOff: 0.2,
    jpegQuality: 78,
  };
}

/** What a network of 112×112 inputs would see. */
async function seen(face: number, attributes: Attributes, conditions: Conditions): Promise<Buffer> {
  const jpeg = await photograph({ ...sampleTraits(42, face, face), attributes }, conditions);
  return sharp(jpeg).resize(112, 112, { fit: 'fill' }).removeAlpha().raw().toBuffer();
}

/** Difference of mean colours in the 8×8 block, of all 196, where it is largest: grain averages out, shapes don't. */
function largestChange(a: Buffer, b: Buffer): number {
  const blocks = new Float64Array(14 * 14 * 3);
  for (let i = 0; i < a.length; i++) {
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % 112, Math.floor(pixel / 112)];
    const block = Math.floor(y / 8) * 14 + Math.floor(x / 8);
    blocks[block * 3 + (i % 3)] += (a[i] - b[i]) / 64;
  }
  return Math.max(...blocks.map(Math.abs));
}

/** The steepest thousandth of the steps from a pixel to its right neighbour: how hard the edges are. */
function edge(pixels: Buffer): number {
  const steps = Array.from(pixels, (value, i) => (i % (112 * 3) < 3 ? 0 : Math.abs(value - pixels[i - 3])));
  return steps.toSorted((a, b) => b - a)[Math.floor(steps.length / 1000)];
}

describe('photograph', () => {
  it.each(IN_THE_FACE)('shows %s: the same face without it differs by more than noise', async (attribute) => {
    for (const face of [1, 2, 3]) {
      const without = plain(attribute);
      const toggled = { ...without, [attribute]: !without[attribute] };
      const conditions = ordinary(face, false);
      const before = await seen(face, without, conditions);
      const after = await seen(face, toggled, conditions);
      const again = await seen(face, without, { ...conditions, noiseSeed: conditions.noiseSeed + 1 });
      const noise = largestChange(before, again);
      expect(largestChange(before, after)).toBeGreaterThan(1.5 * noise);
    }
  });

  it('shows Blurry: edges are half as steep at most', async () => {
    for (const face of [1, 2, 3]) {
      const attributes = plain('Blurry');
      const sharpest = edge(await seen(face, attributes, ordinary(face, false)));
      const blurred = edge(await seen(face, { ...attributes, Blurry: true }, ordinary(face, true)));
      expect(blurred).toBeLessThan(sharpest / 2);
    }
  });

  it('ignores the attributes that are not drawn', async () => {
    const conditions = sampleConditions(42, 1, false);
    const without = plain('Attractive');
    const withThem = { ...without, Attractive: true, Oval_Face: true };
    expect(await seen(1, withThem, conditions)).toEqual(await seen(1, without, conditions));
  });

  it('makes a JPEG of 178×218 in colour', async () => {
    const jpeg = await photograph(sampleTraits(1, 1, 1), sampleConditions(1, 1, false));
    expect(await sharp(jpeg).metadata()).toMatchObject({
      format: 'jpeg',
      width: 178,
      height: 218,
      channels: 3,
    });
  });

  it('draws every combination that the labels can ask for', async () => {
    for (let image = 0; image < 150; image++) {
      const traits = sampleTraits(9, image, image);
      const jpeg = await photograph(traits, sampleConditions(9, image, traits.attributes.Blurry));
      const { channels } = await sharp(jpeg).stats();
      // Neither blank nor black: parts that failed to draw would show.
      for (const { stdev, mean } of channels) {
        expect(stdev).toBeGreaterThan(8);
        expect(mean).toBeGreaterThan(10);
      }
    }
  });
});
