import type { JSX } from 'preact';
import { BalancePage } from './balance/balance-page';
import { DownloadPage } from './download/download-page';
import { LabelPage } from './labelling/label-page';
import { MistakesPage } from './mistakes/mistakes-page';
import { Announcer } from './parts/announcer';
import { DropZone } from './parts/drop-zone';
import { Notices } from './parts/notices';
import { OtherTab } from './parts/other-tab';
import { opened } from './state/current-project';
import { owner } from './state/own-project';
import { ROUTES, type Route, route } from './state/route';
import { ThresholdsPage } from './thresholds/thresholds-page';
import { TrainPage } from './training/train-page';
import { TryPage } from './trying/try-page';

const PAGES: Readonly<Record<Route, () => JSX.Element>> = {
  label: LabelPage,
  balance: BalancePage,
  train: TrainPage,
  mistakes: MistakesPage,
  thresholds: ThresholdsPage,
  try: TryPage,
  download: DownloadPage,
};

export function App() {
  const Page = PAGES[route.value];
  return (
    <DropZone>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        Skip to the content
      </button>
      <header class="top">
        <p class="brand">
          <strong>Thaw Studio</strong> <span>Your images stay on this machine.</span>
        </p>
        <nav aria-label="Steps">
          <ol>
            {ROUTES.map(({ path, name }) => (
              <li key={path}>
                <a href={`#${path}`} aria-current={route.value === path ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ol>
        </nav>
      </header>
      {owner.value !== 'another tab' && <Notices />}
      <Announcer />
      <main id="content" tabIndex={-1}>
        {owner.value === 'another tab' ? (
          <OtherTab />
        ) : opened.value ? (
          <Page />
        ) : (
          <p>Opening your project…</p>
        )}
      </main>
    </DropZone>
  );
}
