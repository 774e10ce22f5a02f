// Writes the files that a page without a bundler imports: `pnpm build:browser FOLDER URL`, where URL is the address at
// which a server serves the folder.
import { join, resolve } from 'node:path';
import { browserFolder } from './build/browser-folder';

const [folder = 'dist/browser', url = './'] = process.argv.slice(2);
// The package depends on everything that a page has.
await browserFolder(join(import.meta.dirname, '../packages/browser'), resolve(folder), url);
