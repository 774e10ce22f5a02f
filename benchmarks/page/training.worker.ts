import { serveTraining } from '../../packages/browser/src/worker';

serveTraining();
