// Keeps what out.py found. Usage: tsx out-results.ts FOLDER NETWORK…. Fails where a figure is missing or above its limit.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { addResults } from './results';

const LIMIT = 1e-4;
const [folder, ...networks] = process.argv.slice(2);
for (const name of networks) {
  for (const kind of ['keras', 'saved-model', 'onnx']) {
    const file = path.join(folder, name, `error-${kind}.json`);
    if (!existsSync(file)) {
      console.log(`${name}: ${kind} gave nothing`);
      process.exitCode = 1;
      continue;
    }
    const error = Number(readFileSync(file, 'utf8'));
    addResults(name, { [`out ${kind}`]: error });
    if (!(error < LIMIT)) process.exitCode = 1;
  }
}
