import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { drawnImages } from '../drawn-images';
import { openBrowser, png, Studio, text } from './studio';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const drawn = async (count: number) =>
  (await drawnImages(count)).map(({ name, png: bytes }) => png(name, bytes));

test('images are labelled by the keyboard alone, and a reload loses nothing', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  await studio.add(await drawn(3));
  await studio.says('3 images added.');
  await studio.addLabel('red');
  await studio.addLabel('round');

  await studio.tiles.first().focus();
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('2');
  await page.keyboard.press('1');
  await page.keyboard.press('End');
  await page.keyboard.press('0');
  const expected = ['000.png; red', '001.png; red, round', '002.png; no label'];
  expect(await studio.heard()).toEqual(expected);

  await page.reload();
  await studio.tiles.first().waitFor();
  expect(await studio.heard()).toEqual(expected);
  await studio.close();
});

test('many images are marked at once, a new label is undecided for old ones, and everything can be undone', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  await studio.add(await drawn(4));
  await studio.addLabel('red');
  await studio.tiles.nth(0).click();
  await studio.tiles.nth(2).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: /^1 red/ }).click();
  await studio.addLabel('hat');
  expect(await studio.heard()).toEqual([
    '000.png; red; not decided: hat',
    '001.png; red; not decided: hat',
    '002.png; red; not decided: hat',
    '003.png; no label; not decided: red, hat',
  ]);

  await page.getByLabel('Show').selectOption({ label: 'not decided: red' });
  expect(await studio.heard()).toEqual(['003.png; no label; not decided: red, hat']);
  await page.getByLabel('Show').selectOption({ label: 'all images' });

  await page.getByRole('button', { name: 'Choose all 4' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await studio.says(/^Drop images/);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await studio.tiles.count()).toBe(4);

  await page.getByRole('button', { name: 'Rename red' }).click();
  await page.getByLabel('New name of red').fill('hat');
  await page.keyboard.press('Enter');
  await studio.says('There is a label "hat" already. Choose another name.');
  await page.getByLabel('New name of red').fill('crimson');
  await page.keyboard.press('Enter');
  await expect.poll(() => studio.heard()).toContain('000.png; crimson; not decided: hat');
  await studio.close();
});

test('the keyboard focus stays with the work when images leave the list, and changes are taken back and made again', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  await studio.add(await drawn(4));
  await studio.says('4 images added.');
  await studio.addLabel('red');
  await page.getByLabel('Show').selectOption('undecided');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await studio.tiles.first().focus();
  await page.keyboard.press('1');
  await expect.poll(focused).toBe('001.png; no label; not decided: red');
  await page.getByRole('status').getByText('red: yes.').waitFor({ state: 'attached' });
  await page.keyboard.press('0');
  await expect.poll(focused).toBe('002.png; no label; not decided: red');
  // From the last image looked at in large, not the first.
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: '002.png' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('dialog', { name: '003.png' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('003.png; no label; not decided: red');
  await page.keyboard.press('1');
  await expect.poll(focused).toBe('002.png; no label; not decided: red');
  await page.keyboard.press('1');
  // Nothing is left in the list.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

  for (let change = 0; change < 4; change++) await page.keyboard.press('Control+z');
  await expect.poll(() => studio.tiles.count()).toBe(4);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => studio.heard()).not.toContain('000.png; no label; not decided: red');
  // Images that were added at once are one step back.
  for (let change = 0; change < 3; change++) await page.keyboard.press('Control+z');
  await studio.says(/^Drop images/);
  await studio.close();
});

test('the arrow keys and Page Down lead from one page of images to the next', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  await studio.add(await drawn(103));
  await studio.says('103 images added.');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await studio.tiles.last().focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(focused).toBe('100.png; no label');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(focused).toBe('099.png; no label');
  await page.keyboard.press('PageDown');
  await expect.poll(focused).toBe('102.png; no label');
  await page.keyboard.press('PageUp');
  await expect.poll(focused).toBe('002.png; no label');
  await studio.close();
});

test('one image after the other is labelled in large, by keys and by clicks', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  await studio.add(await drawn(2));
  await studio.addLabel('red');
  await studio.tiles.first().focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '000.png' });
  await dialog.waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('dialog', { name: '001.png' }).getByLabel('No', { exact: true }).check();
  await page.keyboard.press('Escape');
  expect(await studio.heard()).toEqual(['000.png; red', '001.png; no label']);
  await studio.close();
});

test('labels go out as CSV, COCO and a zip, and come in again', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  const images = await drawn(3);
  await studio.add(images);
  await studio.add([text('labels.csv', 'file,red,round\n000.png,1,0\n001.png,0,1\n')]);
  await studio.says('"labels.csv" gave labels to 2 images. New labels: red, round.');
  const heard = await studio.heard();
  expect(heard).toEqual(['000.png; red', '001.png; round', '002.png; no label; not decided: red, round']);
  const save = async (name: string) => {
    await page.getByText('Project', { exact: true }).click();
    const bytes = await studio.download(() => page.getByRole('button', { name }).click());
    await page.getByText('Project', { exact: true }).click();
    return bytes;
  };
  const csv = await save('Save labels as CSV');
  expect(csv.toString()).toBe('image,red,round\r\n000.png,1,0\r\n001.png,0,1\r\n002.png,,\r\n');
  const coco = await save('Save labels as COCO');
  const zip = await save('Save images and labels as zip');

  for (const files of [
    [...images, text('saved.csv', csv.toString())],
    [...images, text('saved.json', coco.toString())],
    [{ name: 'saved.zip', mimeType: 'application/zip', buffer: zip }],
  ]) {
    const again = await Studio.open(browser, inject('studio'));
    await again.add(files);
    await again.says(/gave labels to 2 images/);
    expect(await again.heard()).toEqual(heard);
    await again.close();
  }
  await studio.close();
});

test('pictures of the camera get the labels that are ticked', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  await studio.addLabel('green');
  await page.getByRole('button', { name: 'Camera' }).click();
  await page.getByRole('dialog').getByLabel('green').check();
  await page.getByRole('button', { name: 'Take a picture' }).click();
  await page.getByText('1 taken').waitFor();
  await page.keyboard.press('Escape');
  expect(await studio.heard()).toEqual([expect.stringMatching(/^camera .*\.jpg; green$/)]);
  await studio.close();
});

test('images that are dropped anywhere on the page are added', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const [{ name, png: bytes }] = await drawnImages(1);
  await studio.page.evaluate(
    ([file, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(content)], file, { type: 'image/png' }));
      document.querySelector('h1')?.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer }));
    },
    [name, [...bytes]] as const,
  );
  await studio.says('1 image added.');
  expect(await studio.heard()).toEqual(['000.png; no label']);
  await studio.close();
});

test('dropped folders become labels', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const [first, second] = await drawn(2);
  const zip = await (await import('../../src/files/write-zip')).writeZip([
    { path: 'cat/1.png', content: new Blob([first.buffer as never]) },
    { path: 'dog/1.png', content: new Blob([second.buffer as never]) },
  ]);
  await studio.add([
    { name: 'z.zip', mimeType: 'application/zip', buffer: Buffer.from(await zip.arrayBuffer()) },
  ]);
  await studio.page.getByRole('button', { name: 'Label by folder' }).click();
  expect(await studio.heard()).toEqual(['cat/1.png; cat', 'dog/1.png; dog']);
  await studio.close();
});
