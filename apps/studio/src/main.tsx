import { render } from 'preact';
import { App } from './app';
import { openProject } from './state/current-project';
import { attempt } from './state/notices';
import { followAddress } from './state/route';

followAddress();
const root = document.getElementById('app');
if (root) render(<App />, root);
void attempt(openProject);
