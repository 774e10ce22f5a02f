// Makes the pictures of docs/guides/studio.md anew, of drawn images: `pnpm --filter @thawjs/studio pictures`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { createServer } from 'vite';
import { drawnCsv, drawnImages } from '../test/drawn-images';
import { openBrowser, png, Studio, text } from '../test/page/studio';
import { makePublic } from './public-folder';

const app = join(import.meta.dirname, '..');
const pictures = join(app, '../../docs/pictures');

await makePublic(join(app, 'public'));
mkdirSync(pictures, { recursive: true });
const server = await createServer({ root: app, configFile: join(app, 'vite.config.ts'), logLevel: 'warn' });
await server.listen();
const browser = await openBrowser();
const studio = await Studio.open(browser, server.resolvedUrls?.local[0] ?? '', {
  viewport: { width: 1000, height: 640 },
});
const { page } = studio;

const images = await drawnImages(32);
// Four marks are wrong, so that there are mistakes.
const csv = drawnCsv(images).replaceAll(
  /^(00[3-6]\.png),([01])/gm,
  (_, name, red) => `${name},${1 - Number(red)}`,
);
await studio.add([...images.map(({ name, png: bytes }) => png(name, bytes)), text('labels.csv', csv)]);
await studio.says(/gave labels to/);
const messages = page.getByRole('button', { name: 'Close this message' });
while ((await messages.count()) > 0) await messages.first().click();
await studio.tiles.nth(1).click();
await studio.tiles.nth(2).click();
await takePicture('studio-labels');

await studio.go('Train');
await page.getByText('More choices').click();
await page.getByLabel('Image size').selectOption('96');
await page.getByLabel('Epochs of the whole network').fill('4');
await page.getByRole('button', { name: 'Train', exact: true }).click();
await studio.untilTrained();
await studio.go('Mistakes');
await page
  .getByRole('button', { name: /^Change/ })
  .first()
  .waitFor();
await takePicture('studio-mistakes');

await browser.close();
await server.close();

async function takePicture(name: string): Promise<void> {
  await page.waitForTimeout(500);
  await sharp(await page.screenshot())
    .webp({ quality: 85 })
    .toFile(join(pictures, `${name}.webp`));
}
