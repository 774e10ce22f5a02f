// Writes what a page without a bundler imports: `pnpm build:browser FOLDER URL`, the URL being where a server serves the folder.
import { join, resolve } from 'node:path';
import { browserFolder } from './build/browser-folder';

const [folder = 'dist/browser', url = './'] = process.argv.slice(2);
// The package depends on all that a page has.
await browserFolder(join(import.meta.dirname, '../packages/browser'), resolve(folder), url);
