import { render } from 'preact';
import { App } from './app';
import { workOffline } from './offline/work-offline';
import { openModel } from './state/current-model';
import { openProject } from './state/current-project';
import { attempt } from './state/notices';
import { ownProject } from './state/own-project';
import { followAddress } from './state/route';
import { openTraining } from './state/run-training';
import { openSettled } from './state/settled-mistakes';
import { listenToUndoKeys } from './state/undo-keys';

followAddress();
listenToUndoKeys();
workOffline();
const root = document.getElementById('app');
if (root) render(<App />, root);
void attempt(async () => {
  await ownProject();
  await Promise.all([openModel(), openTraining(), openSettled()]);
  await openProject();
});
