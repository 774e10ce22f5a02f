// Writes what a page without a bundler imports: `pnpm build:browser FOLDER URL`, the URL being where a server serves the folder.
import { join, resolve } from 'node:path';
import { browserFolder } from './build/browser-folder';

const [folder = 'dist/browser', url = './'] = process.argv.slice(2);
// The example depends on all the packages.
await browserFolder(join(import.meta.dirname, '../examples/celeba-resnet50'), resolve(folder), url);
