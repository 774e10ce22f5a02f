import { DownloadPageError } from '../errors';

const PAGE = /^<(?:!doctype\s+html|html|head|body)\b/i;

/**
 * Refuses a file that begins as an HTML page does.
 *
 * @param start the first bytes of the file; a few thousand hold the page's title too
 * @param expected a description of the expected file, such as `a text file of labels`
 * @param caller the function's name, for the message
 * @throws {DownloadPageError} it does
 *
 * @example
 * ```ts
 * import { DownloadPageError, refuseDownloadPage } from '@thawjs/datasets';
 *
 * const start = new TextEncoder().encode('<!doctype html><title>Sign in</title>');
 * try {
 *   refuseDownloadPage(start, 'labels.csv', 'a text file of labels', 'openMine');
 * } catch (error) {
 *   console.log(error instanceof DownloadPageError); // true
 * }
 * ```
 */
export function refuseDownloadPage(start: Uint8Array, name: string, expected: string, caller: string): void {
  const text = new TextDecoder().decode(start.subarray(0, 4096)).trimStart();
  if (!PAGE.test(text)) return;
  const title = /<title[^<>]*>([^<]+)</i.exec(text)?.[1]?.trim().slice(0, 120);
  throw new DownloadPageError(
    `${caller}: expected ${name} to be ${expected}; it is an HTML page${title ? `, titled "${title}"` : ''}. ` +
      'The download was refused and the page saved in its place (Google Drive does so when its quota is used up): delete it and download again.',
  );
}
