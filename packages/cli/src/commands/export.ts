import { Command, Option } from 'commander';
import { path } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';

const EXPORTS = ['onnx', 'keras', 'savedmodel', 'tfjs', 'tflite'] as const;

/** The flags of `thaw export`. */
export interface ExportFlags {
  readonly to: (typeof EXPORTS)[number];
  readonly out?: string;
  readonly weights?: 'float32' | 'float16' | 'int8';
}

const MORE = `
Forms:
  onnx        one file for onnxruntime, in Python, C++ or a browser
  keras       one .keras file, which Keras 3 opens
  savedmodel  a folder for TensorFlow and TensorFlow Serving
  tfjs        a folder for load() in a browser; --weights float16 or int8 makes
              it smaller
  tflite      one file for phones; it takes Python with TensorFlow

Preprocessing, labels and thresholds are in each of them.

Examples:
  $ thaw export runs/1 --to onnx
  $ thaw export runs/1 --to tfjs --weights float16 --out public/models/photos`;

/** `thaw export`: the model for another runtime. */
export function exportCommand(terminal: Terminal): Command {
  return new Command('export')
    .summary('write the model for another runtime')
    .description('Writes the model in the form that another runtime opens, and prints the path.')
    .argument('<run>', 'a run folder, or the folder of a saved model', path)
    .addOption(new Option('--to <form>', 'what to write').choices([...EXPORTS]).makeOptionMandatory())
    .option('--out <path>', 'the file or folder to write (default: beside the model)', path)
    .addOption(
      new Option('--weights <type>', 'of tfjs: how weights are stored').choices([
        'float32',
        'float16',
        'int8',
      ]),
    )
    .addHelpText('after', MORE)
    .action(async (run: string, flags: ExportFlags) => {
      const { exportModel } = await import('../runs/export-model');
      terminal.print(await exportModel(run, flags, terminal));
    });
}
