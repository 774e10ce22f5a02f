import { serveTraining } from '@thawjs/browser/worker';

serveTraining();
