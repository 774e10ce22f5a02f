import type { BackendDiagnosis, Diagnosis } from './diagnose';

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
  ];
  const table = rows.map(([name, value]) => `${name.padEnd(11)}${value}`);
  return [...table, '', ...diagnosis.backends.map(formatBackend)].join('\n');
}

function formatBackend({ name, available, detail, threads, reason, remedy }: BackendDiagnosis): string {
  if (!available) return `✗ ${name.padEnd(7)}${reason}\n         ${remedy}`;
  return `✓ ${name.padEnd(7)}${detail}, ${threads} thread${threads === 1 ? '' : 's'}`;
}
