import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright';
import type { Project } from '../../src/project/project';

/** A file as Playwright gives it to a page. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const png = (name: string, buffer: Buffer): GivenFile => ({ name, mimeType: 'image/png', buffer });
export const text = (name: string, content: string): GivenFile => ({
  name,
  mimeType: name.endsWith('.json') ? 'application/json' : 'text/csv',
  buffer: Buffer.from(content),
});

/** The Chromium that tools/test-browser.ts has found, with a camera that shows a test picture. */
export function openBrowser(): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  return chromium.launch({
    ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
    args: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--no-sandbox'],
  });
}

/** The page in a browser profile of its own, and what a user does in it. */
export class Studio {
  readonly page: Page;
  /** Errors that the page has thrown or written to its console. */
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Studio> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const studio = new Studio(await context.newPage());
    await studio.page.goto(url);
    await studio.page.getByRole('heading', { level: 1 }).waitFor();
    return studio;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  async choose(button: string, files: readonly GivenFile[]): Promise<void> {
    const coming = this.page.waitForEvent('filechooser');
    const [chooser] = await Promise.all([coming, this.page.getByRole('button', { name: button }).click()]);
    await chooser.setFiles([...files]);
  }

  /** Adds images, zips and label files. */
  add(files: readonly GivenFile[]): Promise<void> {
    return this.choose('Add images or a zip', files);
  }

  async go(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name }).click();
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** Waits for a sentence of the page. */
  async says(sentence: string | RegExp): Promise<void> {
    await this.page.locator('.notices, main').getByText(sentence).first().waitFor({ timeout: 60_000 });
  }

  async addLabel(name: string): Promise<void> {
    await this.page.getByLabel('Name of a new label').fill(name);
    await this.page.getByRole('button', { name: 'Add label' }).click();
  }

  /** Waits for the end of a training; fails with what the page says if the training fails. */
  async untilTrained(): Promise<void> {
    const failed = this.page.getByRole('alert').locator('.notice').first();
    const trained = this.page.getByRole('heading', { name: 'The last training' });
    await trained.or(failed).first().waitFor({ timeout: 240_000 });
    if (!(await trained.isVisible())) throw new Error(`The training failed: ${await failed.textContent()}`);
  }

  get tiles(): Locator {
    return this.page.getByRole('listbox', { name: 'Images' }).getByRole('option');
  }

  /** What a screen reader hears of each image. */
  async heard(): Promise<(string | null)[]> {
    return Promise.all((await this.tiles.all()).map((tile) => tile.getAttribute('aria-label')));
  }

  /** The file that a click gives. */
  async download(click: () => Promise<void>): Promise<Buffer> {
    const coming = this.page.waitForEvent('download', { timeout: 120_000 });
    const [download] = await Promise.all([coming, click()]);
    const stream = await download.createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts);
  }

  /** The saved marks of an image, one per decided label. */
  async marks(image: string): Promise<readonly number[]> {
    const { images } = await this.stored<Project>('project', 'current');
    return Object.values(images.find(({ name }) => name === image)?.marks ?? {});
  }

  /** Puts a value into the page's database, as if the page had written it. */
  async store(store: 'settings', key: string, value: unknown): Promise<void> {
    await this.page.evaluate(
      ([name, at, what]) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('thaw-studio');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const writing = opening.result.transaction(name as string, 'readwrite');
            writing.objectStore(name as string).put(what, at as string);
            writing.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
      [store, key, value] as const,
    );
  }

  /** A value of the page's database. */
  stored<Value>(store: 'project' | 'settings', key: string): Promise<Value> {
    return this.page.evaluate(
      ([name, at]) =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('thaw-studio');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result
              .transaction(name as string)
              .objectStore(name as string)
              .get(at as string);
            reading.onsuccess = () => {
              opening.result.close();
              resolve(reading.result);
            };
          };
        }),
      [store, key],
    ) as Promise<Value>;
  }
}
