import { arch, cpus, platform, release, totalmem } from 'node:os';
import { escapeMarkup } from '../../escape-markup';
import type { HtmlReportSection } from '../../html-report';
import { printSeconds } from '../page/print-number';
import { type SimpleCell, simpleTable } from '../page/simple-table';
import type { ReportImages, ReportInput, ReportRun } from '../report-input';
import { flatOptions } from './flat-options';

/** The options, times, versions and machine of a run. */
export async function runSection({ run, test, date = new Date() }: ReportInput): Promise<HtmlReportSection> {
  const options = run?.recipe ? flatOptions(run.recipe) : [];
  const notes = [...(run?.notes ?? []), ...(run?.tuning?.notes ?? [])];
  const fingerprint = await fingerprintOf(test);
  const about: SimpleCell[][] = [
    ['Report written', date.toISOString().replace(/\.\d+Z$/, 'Z')],
    ['Machine that wrote it', machine()],
    ['Node', process.version],
    ...Object.entries(run?.versions ?? {}),
    ...(fingerprint ? [['Fingerprint of the test images', fingerprint]] : []),
  ];
  return {
    heading: 'The run',
    html: [
      run?.seconds ? timesOf(run.seconds) : '',
      notes.length > 0
        ? `<h3>Notes</h3><ul>${notes.map((note) => `<li>${escapeMarkup(note)}</li>`).join('')}</ul>`
        : '',
      options.length > 0 ? `<h3>Options</h3>${simpleTable('Options', ['Option', 'Value'], options)}` : '',
      `<h3>Versions and machine</h3>${simpleTable('Versions and machine', ['What', 'Value'], about)}`,
    ].join('\n'),
  };
}

function timesOf(seconds: NonNullable<ReportRun['seconds']>): string {
  const entries = Object.entries(seconds).filter(([, value]) => Number.isFinite(value));
  if (entries.length === 0) return '';
  const most = Math.max(...entries.map(([, value]) => value), 1e-9);
  const rows = entries.map(([name, value]) => [
    name,
    printSeconds(value),
    {
      html: `<div class="thaw-time" aria-hidden="true"><i style="width:${((100 * value) / most).toFixed(1)}%"></i></div>`,
    },
  ]);
  return `<h3>Time</h3>${simpleTable('Time', ['Part', 'Time', 'Share of the longest'], rows)}`;
}

function machine(): string {
  const processors = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  return `${processors.length} × ${processors[0]?.model.trim() ?? arch()}, ${memory}, ${platform()} ${release()} ${arch()}`;
}

/** Without the images, for example, there is no fingerprint, but still a report. */
async function fingerprintOf(test: ReportImages | undefined): Promise<string | undefined> {
  const given = test?.fingerprint;
  if (typeof given !== 'function') return given;
  try {
    return await given();
  } catch (error) {
    return `can’t be computed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
