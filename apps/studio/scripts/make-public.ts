// Fills public/, which is served beside the page and never committed: the WebAssembly backend's files and backbones with
// real weights. `pnpm --filter @thawjs/studio public NAME…` takes other backbones than the default ones.
import { join } from 'node:path';
import { makePublic } from './public-folder';

const given = process.argv.slice(2);
await makePublic(join(import.meta.dirname, '../public'), given.length > 0 ? given : undefined);
