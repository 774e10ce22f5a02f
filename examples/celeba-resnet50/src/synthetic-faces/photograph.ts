import { renderAsync } from '@resvg/resvg-js';
import sharp from 'sharp';
import { drawFace } from './draw-face';
import { randomStream } from './random-stream';
import type { Conditions } from './sample-conditions';
import type { Traits } from './sample-traits';

/** Width of CelebA's aligned images. */
const WIDTH = 178;
/** Height of CelebA's aligned images. */
const HEIGHT = 218;

/**
 * A face photographed under given conditions, as a JPEG of 178×218: drawn, rasterised, put out of focus, lit, with the
 * sensor's noise, compressed. The same traits and conditions give the same bytes.
 */
export async function photograph(traits: Traits, conditions: Conditions): Promise<Buffer> {
  const raster = await renderAsync(pictureOf(traits, conditions), {
    font: { loadSystemFonts: false },
    logLevel: 'off',
  });
  const pixels = await sharp(raster.pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } })
    .removeAlpha()
    .blur(conditions.blur)
    .raw()
    .toBuffer();
  expose(pixels, conditions);
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: conditions.jpegQuality })
    .toBuffer();
}

function pictureOf(traits: Traits, conditions: Conditions): string {
  const { background, scale, tiltDegrees, eyesX, eyesY } = conditions;
  const shapes = background.shapes.map(({ kind, x, y, size, colour, opacity }) => {
    const fill = `fill="#${colour}" fill-opacity="${opacity.toFixed(3)}"`;
    return kind === 'circle'
      ? `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r="${(size / 2).toFixed(2)}" ${fill}/>`
      : `<rect x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${(size / 3).toFixed(2)}" height="${(2 * size).toFixed(2)}" ${fill}/>`;
  });
  const placed = `translate(${eyesX.toFixed(3)} ${eyesY.toFixed(3)}) rotate(${tiltDegrees.toFixed(3)}) scale(${scale.toFixed(4)}) translate(-132 -112)`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
    `<defs><linearGradient id="wall" gradientTransform="rotate(${background.angleDegrees.toFixed(2)} .5 .5)">` +
    `<stop stop-color="#${background.from}"/><stop offset="1" stop-color="#${background.to}"/></linearGradient></defs>` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#wall)"/>${shapes.join('')}` +
    `<g transform="${placed}" fill="none">${drawFace(traits)}</g></svg>`
  );
}

/** Light and sensor, in place: tone and cast by a table, fall-off and noise by pixel. */
function expose(pixels: Buffer, conditions: Conditions): void {
  const { gain, gamma, contrast, fallOff, lightAngle, noise } = conditions;
  const tables = gain.map((channelGain) =>
    Float32Array.from(
      { length: 256 },
      (_, value) => 128 + contrast * (255 * ((channelGain * value) / 255) ** gamma - 128),
    ),
  );
  const [towardsX, towardsY] = [Math.cos(lightAngle) / WIDTH, Math.sin(lightAngle) / HEIGHT];
  const random = randomStream('noise', conditions.noiseSeed);
  let at = 0;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const light = 1 - fallOff * (0.5 + (x - WIDTH / 2) * towardsX + (y - HEIGHT / 2) * towardsY);
      for (const table of tables) {
        // The sum of two uniforms, both from one draw: near enough to a bell, and cheap.
        const draw = random() * 65536;
        const high = Math.floor(draw);
        const grain = (high / 65536 + (draw - high) - 1) * 2.449 * noise;
        pixels[at] = Math.max(0, Math.min(255, Math.round(table[pixels[at]] * light + grain)));
        at++;
      }
    }
  }
}
