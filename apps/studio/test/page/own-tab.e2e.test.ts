import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { drawnImages } from '../drawn-images';
import { openBrowser, png, Studio } from './studio';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const drawn = async (count: number) =>
  (await drawnImages(count)).map(({ name, png: bytes }) => png(name, bytes));

async function labelled(count: number): Promise<Studio> {
  const studio = await Studio.open(browser, inject('studio'));
  await studio.add(await drawn(count));
  await studio.says(`${count} images added.`);
  await studio.addLabel('red');
  return studio;
}

test('a second tab does not overwrite the first: it takes the project, or waits until the first is closed', async () => {
  const first = await labelled(2);
  const context = first.page.context();
  const second = await context.newPage();
  await second.goto(inject('studio'));
  await second.getByRole('heading', { name: 'Thaw Studio is open in another tab' }).waitFor();
  await second.getByRole('button', { name: 'Go on here' }).click();
  const tile = second.getByRole('option', { name: '000.png' });
  await tile.focus();
  await second.keyboard.press('1');
  await second.getByRole('option', { name: '000.png; red' }).waitFor();
  await first.page.getByRole('heading', { name: 'Thaw Studio is open in another tab' }).waitFor();
  expect(await first.tiles.count()).toBe(0);
  await expect.poll(() => first.marks('000.png')).toEqual([1]);

  await second.close();
  await first.page.getByRole('option', { name: '000.png; red' }).waitFor();
  expect(first.errors).toEqual([]);
  await first.close();
});

test('where the browser has no room, what was there stays, and images can be added when there is room again', async () => {
  const studio = await labelled(2);
  const { page } = studio;
  // As Chromium does when the disk is full. It notices a lower quota only after some time.
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === 'pixels') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
  await studio.add((await drawn(4)).slice(2));
  await studio.says(/^The browser has no room left for this page\./);
  expect(await studio.tiles.count()).toBe(2);

  await page.reload();
  await studio.tiles.first().waitFor();
  expect(await studio.tiles.count()).toBe(2);
  await studio.add((await drawn(4)).slice(2));
  await studio.says('2 images added.');
  expect(await studio.tiles.count()).toBe(4);
  await studio.close();
});

test('after the first visit the page needs no server', async () => {
  const studio = await labelled(2);
  const { page } = studio;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await expect(page.evaluate(() => fetch('/not-in-the-cache'))).rejects.toThrow('Failed to fetch');
  await page.reload();
  await studio.tiles.first().waitFor();
  // Code that is loaded on use.
  await page.getByText('Project', { exact: true }).click();
  const zip = await studio.download(() => page.getByRole('button', { name: /as zip/ }).click());
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  await studio.close();
});

describe('without what pages by https have', () => {
  const without = (...args: string[]) => {
    const { CHROMIUM_PATH } = process.env;
    return chromium.launch({
      ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
      args: ['--no-sandbox', ...args],
    });
  };

  test('images are labelled, and the camera says what it needs', async () => {
    const plain = await without('--host-resolver-rules=MAP studio.test 127.0.0.1');
    const url = new URL(inject('studio'));
    url.hostname = 'studio.test';
    const studio = await Studio.open(plain, url.href);
    await studio.add(await drawn(2));
    await studio.says('2 images added.');
    await studio.add(await drawn(1));
    await studio.says('Already here, so not added again: 000.png.');
    await studio.addLabel('red');
    await studio.tiles.first().focus();
    await studio.page.keyboard.press('1');
    await studio.page.getByRole('option', { name: '000.png; red' }).waitFor();
    await expect.poll(async () => (await studio.marks('000.png')).length).toBe(1);
    await studio.page.reload();
    await studio.tiles.first().waitFor();
    expect(await studio.heard()).toEqual(['000.png; red', '001.png; no label; not decided: red']);
    await studio.page.getByRole('button', { name: 'Camera' }).click();
    await studio.page
      .getByRole('dialog')
      .getByText('This page may not use a camera here. Open it by https, or on localhost.')
      .waitFor();
    await plain.close();
  });

  test('a camera that is refused is told in the dialog', async () => {
    const refusing = await without('--use-fake-device-for-media-stream', '--deny-permission-prompts');
    const studio = await Studio.open(refusing, inject('studio'));
    await studio.page.getByRole('button', { name: 'Camera' }).click();
    const dialog = studio.page.getByRole('dialog');
    await dialog.getByRole('alert').getByText('The camera is blocked for this page.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Take a picture' }).isDisabled()).toBe(true);
    await refusing.close();
  });
});
