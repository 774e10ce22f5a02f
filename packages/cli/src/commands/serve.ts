import { Command } from 'commander';
import { modelOption } from '../runs/model-folder';
import { natural, whole } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';
import { backendOption, type ComputeFlags, precisionOption } from './run-options';

/** The flags of `thaw serve`. */
export interface ServeFlags extends ComputeFlags {
  readonly model: string;
  readonly port: number;
  readonly host: string;
  readonly batchSize: number;
  readonly maxWait: number;
  readonly maxQueue: number;
  readonly maxBytes: number;
  readonly maxImages: number;
  readonly maxPixels: number;
  readonly timeout: number;
}

const MORE = `
Examples:
  $ thaw serve --model runs/1 --port 8080
  $ curl -F image=@a.jpg -F image=@b.jpg http://127.0.0.1:8080/predict
  $ curl -H 'content-type: image/jpeg' --data-binary @a.jpg \\
      http://127.0.0.1:8080/predict

GET / tells labels and input size, GET /health whether the server is ready, GET
/metrics what Prometheus reads. SIGTERM and Ctrl-C end the server after the
requests that wait are answered, with exit code 0.`;

/** `thaw serve`: predictions over HTTP. */
export function serveCommand(terminal: Terminal): Command {
  return new Command('serve')
    .summary('answer predictions over HTTP')
    .description(
      'Answers requests with the labels of their images, over HTTP. It needs no data and no training.',
    )
    .addOption(modelOption())
    .option('--port <n>', 'to listen on; 0 takes a free one', natural, 8080)
    .option('--host <address>', 'to listen on; 0.0.0.0 is reachable from outside', '127.0.0.1')
    .option('--batch-size <n>', 'the most images of a batch', whole, 16)
    .option('--max-wait <ms>', 'how long an image waits for others', natural, 5)
    .option('--max-queue <n>', 'the most images that wait; more are refused', whole, 256)
    .option('--max-bytes <n>', 'of a request', whole, 20_000_000)
    .option('--max-images <n>', 'of a request', whole, 64)
    .option(
      '--max-pixels <n>',
      'of an image; those of all that are decoded at once are limited too',
      whole,
      2 ** 26,
    )
    .option('--timeout <ms>', 'after which a request is given up', whole, 30_000)
    .addOption(precisionOption())
    .addOption(backendOption())
    .addHelpText('after', MORE)
    .action(async (flags: ServeFlags) => {
      const { serveModel } = await import('../serving/serve-model');
      await serveModel(flags, terminal);
    });
}
