// For Node and similar runtimes, and bundled for them: prints the outcome as its last line.
import { trainAndPredict } from './train-and-predict.js';

console.log(`\n${JSON.stringify(await trainAndPredict())}`);
process.exit(0);
