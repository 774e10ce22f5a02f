import { render } from 'preact';
import { App } from './app';
import { openModel } from './state/current-model';
import { openProject } from './state/current-project';
import { attempt } from './state/notices';
import { followAddress } from './state/route';
import { openTraining } from './state/run-training';
import { openSettled } from './state/settled-mistakes';

followAddress();
const root = document.getElementById('app');
if (root) render(<App />, root);
void attempt(async () => {
  await Promise.all([openModel(), openTraining(), openSettled()]);
  await openProject();
});
