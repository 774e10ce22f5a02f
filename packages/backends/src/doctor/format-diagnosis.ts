import type { BackendDiagnosis, Diagnosis } from './diagnose';
import type { GpuDiagnosis } from './gpu';

/** A diagnosis as `thaw-backends doctor` prints it. */
export function formatDiagnosis(diagnosis: Diagnosis): string {
  const { cache, tfjsNode } = diagnosis;
  const rows: [string, string][] = [
    ['Node', diagnosis.node],
    ['platform', diagnosis.platform],
    ['processor', diagnosis.cpu],
    ['memory', `${(diagnosis.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    ['tfjs-node', tfjsNode ? `${tfjsNode.version} in ${tfjsNode.folder}` : 'not installed, and not needed'],
    ['TensorFlow', diagnosis.tensorflow ?? 'none'],
    [
      'cache',
      cache
        ? `${cache.folder} (${cache.whole ? 'complete' : 'empty or incomplete'})`
        : 'none for this platform',
    ],
    ['backend', diagnosis.backend],
    ...(diagnosis.gpu ? gpuRows(diagnosis.gpu) : []),
  ];
  const table = rows.map(([name, value]) => `${name.padEnd(11)}${value}`);
  return [...table, '', ...diagnosis.backends.map(formatBackend)].join('\n');
}

function gpuRows({ driver, devices, used, reason, remedy }: GpuDiagnosis): [string, string][] {
  const rows = devices.map(({ name, memoryBytes }): [string, string] => [
    'GPU',
    `${name}, ${(memoryBytes / 2 ** 30).toFixed(1)} GiB, driver ${driver}`,
  ]);
  return [...rows, ['GPU used', used ? 'yes' : `no: ${reason}. ${remedy}`]];
}

function formatBackend({ name, available, detail, threads, reason, remedy }: BackendDiagnosis): string {
  if (!available) return `✗ ${name.padEnd(7)}${reason}\n         ${remedy}`;
  return `✓ ${name.padEnd(7)}${detail}, ${threads} thread${threads === 1 ? '' : 's'}`;
}
