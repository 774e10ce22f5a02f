import { Option } from 'commander';

/** The backend and precision of a command. */
export interface ComputeFlags {
  readonly backend: 'auto' | 'native' | 'wasm' | 'cpu';
  readonly precision?: 'float32' | 'bfloat16' | 'auto';
  readonly batchSize?: number;
}

export const backendOption = () =>
  new Option('--backend <name>', 'where to compute; auto takes the fastest that works')
    .choices(['auto', 'native', 'wasm', 'cpu'])
    .default('auto');

export const precisionOption = () =>
  new Option(
    '--precision <type>',
    'the numbers to compute with; bfloat16 is faster where the processor has it',
  ).choices(['float32', 'bfloat16', 'auto']);

export const picturesOption = () =>
  new Option('--pictures', 'also write history.png, distribution.png and predictions.png');

export const jsonOption = () => new Option('--json', 'the result as one line of JSON');
