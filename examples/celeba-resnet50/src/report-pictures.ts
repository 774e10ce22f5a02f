// Makes docs/pictures of a real report: trains on synthetic faces and photographs the page. `pnpm docs:pictures`
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { useBestBackend } from '@thawjs/backends';
import { classifier, evaluate, faceResnet, fineTune, progress } from '@thawjs/core';
import { CelebA } from '@thawjs/datasets-celeba';
import { writeReport } from '@thawjs/report';
import { chromium, type Page } from 'playwright';
import sharp from 'sharp';
import { findChromium } from '../../../tools/browser/find-chromium';
import { DRAWN_ATTRIBUTES, writeSyntheticFaces } from './synthetic-faces';

const PICTURES = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url));
const FACES = 900;
const WIDE = { width: 1000, height: 900 };
const PHONE = { width: 390, height: 844 };

const executablePath = findChromium();
const folder = await mkdtemp(join(tmpdir(), 'thaw-pictures-'));
try {
  const report = await trainAndReport(join(folder, 'faces'), join(folder, 'report.html'));
  await mkdir(PICTURES, { recursive: true });
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  const open = async (viewport: typeof WIDE, colorScheme: 'light' | 'dark') => {
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(pathToFileURL(report).href);
    return page;
  };
  const wide = await open(WIDE, 'light');
  await picture(wide, 'glance', '#section-1');
  await picture(wide, 'worst-classes', '#section-2');
  await picture(wide, 'history', 'section:has(> h2:text-is("Training history"))');
  const telling = await wide
    .locator('details.thaw-class')
    .evaluateAll((parts) =>
      parts.findIndex(({ dataset: { auc, support } }) => Number(auc) < 0.95 && Number(support) > 25),
    );
  await wide.locator('details.thaw-class summary').nth(Math.max(0, telling)).click();
  await picture(wide, 'class', 'details.thaw-class[open]');
  await picture(wide, 'mistakes', 'section:has(> h2:text-is("The worst mistakes"))');
  for (const scheme of ['light', 'dark'] as const) {
    const page = await open(PHONE, scheme);
    await page.locator('#section-1').evaluate((section) => section.scrollIntoView());
    await keep(`phone-${scheme}`, await page.screenshot());
  }
  await browser.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A run with what fineTune chooses, on synthetic faces. */
async function trainAndReport(facesFolder: string, path: string): Promise<string> {
  await useBestBackend();
  await writeSyntheticFaces(facesFolder, { count: FACES });
  const faces = (await CelebA.open(facesFolder)).only(...DRAWN_ATTRIBUTES);
  const { train, validation, test } = faces.split({ by: 'identity', seed: 1 });
  const model = classifier(await faceResnet({ inputSize: [120, 104] }), { labels: train.labels, seed: 1 });
  const run = await fineTune(model, {
    train: train.augment({ flip: true, rotation: 0.02 }),
    validation,
    // Enough for pictures.
    thaw: { epochs: 10 },
    seed: 1,
    callbacks: [progress({ log: (line) => console.log(line) })],
  });
  const evaluation = await evaluate(model, test);
  const title = 'Synthetic faces';
  const subtitle = `${faces.length} drawings (avataaars by Pablo Stanley), ${faces.labels.length} labels`;
  return writeReport({ title, subtitle, run, evaluation, test }, path);
}

async function picture(page: Page, name: string, selector: string): Promise<void> {
  await keep(name, await page.locator(selector).first().screenshot());
}

async function keep(name: string, png: Buffer): Promise<void> {
  const bytes = await sharp(png).webp({ quality: 75, effort: 6 }).toBuffer();
  await writeFile(join(PICTURES, `report-${name}.webp`), bytes);
  console.log(`report-${name}.webp: ${(bytes.length / 1000).toFixed(0)} kB`);
}
