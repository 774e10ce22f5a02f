// Runs after tsup, in a package's folder: makes its declarations accept undefined for every optional property.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptUndefined } from './accept-undefined';

for (const file of readdirSync('dist').filter((name) => /\.d\.c?ts$/.test(name))) {
  const path = join('dist', file);
  writeFileSync(path, acceptUndefined(readFileSync(path, 'utf8')));
}
