// After tsup, in a package: its declarations accept undefined wherever a property is optional.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptUndefined } from './accept-undefined';

for (const file of readdirSync('dist').filter((name) => /\.d\.c?ts$/.test(name))) {
  const path = join('dist', file);
  writeFileSync(path, acceptUndefined(readFileSync(path, 'utf8')));
}
