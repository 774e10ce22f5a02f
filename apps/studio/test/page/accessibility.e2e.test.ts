import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Project } from '../../src/project/project';
import type { TrainedModel } from '../../src/training/trained-model';
import { drawnCsv, drawnImages } from '../drawn-images';
import { openBrowser, png, Studio, text } from './studio';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STEPS = ['Images and labels', 'Balance', 'Train', 'Mistakes', 'Thresholds', 'Try it', 'Download'];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([
    ['a phone', 390],
    ['a desktop', 1280],
  ])('each page keeps WCAG 2.2 AA by axe on %s, and does not scroll sideways', async (_, width) => {
    const studio = await Studio.open(browser, inject('studio'), {
      colorScheme,
      viewport: { width, height: 844 },
    });
    const { page } = studio;
    const images = await drawnImages(12);
    await studio.add([
      ...images.map(({ name, png: bytes }) => png(name, bytes)),
      text('labels.csv', drawnCsv(images)),
    ]);
    await studio.says(/gave labels to 12 images/);
    await studio.addLabel('a label with a very long name that has to go somewhere');
    await giveModel(studio);
    await page.addScriptTag({ content: axe });
    for (const step of STEPS) {
      await studio.go(step);
      expect(await violations(studio), step).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), step).toBe(width);
    }
    await studio.go('Images and labels');
    await studio.tiles.first().dblclick();
    await page.getByRole('dialog').waitFor();
    expect(await violations(studio), 'dialog').toEqual([]);
    await studio.close();
  });
});

/** Gives the page a trained model that is wrong about each image, so that every page has something to show. */
async function giveModel(studio: Studio): Promise<void> {
  const { images, labels } = await studio.stored<Project>('project', 'current');
  const model: TrainedModel = {
    choice: {
      backbone: {
        name: 'efficientnet_lite0',
        licence: 'MIT',
        size: 64,
        smallest: 32,
        parameters: 1,
        bytes: 1,
        url: 'x',
      },
      size: 64,
      fineTune: true,
      augment: true,
    },
    labels,
    history: [],
    images: images.map(({ id }, row) => ({ id, part: row % 2 === 0 ? 'train' : 'validation' })),
    scores: Float32Array.from(
      images.flatMap(({ marks }) => labels.map(({ id }) => 0.9 - 0.8 * (marks[id] ?? 0))),
    ),
    thresholds: labels.map(() => 0.5),
    auc: 0.9,
    notes: ['a note'],
    seconds: 10,
    finishedAt: 0,
  };
  await studio.store('settings', 'trained model', model);
  await studio.page.reload();
  await studio.tiles.first().waitFor();
  await studio.go('Mistakes');
  await studio.says(/\d+ mistakes/);
}

async function violations({ page }: Studio): Promise<string[]> {
  const results = await page.evaluate(
    (options) =>
      (globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(options),
    { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
