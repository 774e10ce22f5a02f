import { Command } from 'commander';
import { path } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';

interface SetupFlags {
  readonly wheel?: string;
  readonly cuda?: boolean;
  readonly tfjsNode?: string;
  readonly verify?: boolean;
}

const MORE = `
Examples:
  $ thaw setup
  $ thaw setup --verify
  $ thaw setup --wheel tensorflow_cpu-2.21.0-….whl --tfjs-node tfjs-node.tgz`;

/** `thaw setup`: makes the native backend ready. */
export function setupCommand(terminal: Terminal): Command {
  return new Command('setup')
    .summary('make the native backend ready: TensorFlow on this processor')
    .description(
      'Makes TensorFlow usable from Node, once per machine and user. It needs Python with pip, npm and a C++17 compiler. ' +
        'Without it training runs on WebAssembly: the same numbers, several times slower.',
    )
    .option('--wheel <file>', 'a TensorFlow wheel that was downloaded elsewhere', path)
    .option('--cuda', 'TensorFlow with CUDA for an NVIDIA GPU on x64 Linux (3.4 GB; not tried on a GPU yet)')
    .option('--tfjs-node <file>', 'a tarball of tfjs-node that was downloaded elsewhere', path)
    .option('--verify', 'check the content of what is there already')
    .addHelpText('after', MORE)
    .action(async (flags: SetupFlags) => {
      const { setupNative } = await import('@thawjs/backends/node');
      let shown = '';
      const { tensorflow, from } = await setupNative({
        ...flags,
        project: process.cwd(),
        onProgress: (step, fraction) => {
          const line = `${step} ${Math.floor(fraction * 4) * 25} %`;
          if (line !== shown) terminal.note(line);
          shown = line;
        },
      });
      terminal.print(`native backend: TensorFlow ${tensorflow}${from === 'present' ? '' : ' is ready'}`);
    });
}
