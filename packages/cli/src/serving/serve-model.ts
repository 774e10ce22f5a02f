import { serve } from '@hono/node-server';
import type { ServeFlags } from '../commands/serve';
import { startBackend } from '../compute';
import { openModelOf } from '../runs/model-folder';
import type { Terminal } from '../terminal/terminal';
import { predictionApp } from './prediction-app';

/** Serves a model until the terminal's signal ends it; resolves when the last request is answered. */
export async function serveModel(flags: ServeFlags, terminal: Terminal): Promise<void> {
  await startBackend(flags, terminal);
  const model = await openModelOf(flags.model);
  const { precision } = flags;
  const { app, stop } = predictionApp(
    {
      labels: model.labels,
      inputSize: model.inputSize,
      classify: (images) => model.classify(images, { precision, onError: 'return' }),
    },
    {
      maxBatch: flags.batchSize,
      maxWaitMs: flags.maxWait,
      maxQueue: flags.maxQueue,
      maxBytes: flags.maxBytes,
      maxImages: flags.maxImages,
      timeoutMs: flags.timeout,
    },
    terminal.note,
  );
  const server = serve({ fetch: app.fetch, port: flags.port, hostname: flags.host }, ({ address, port }) =>
    terminal.print(`listening on http://${address}:${port}`),
  );
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    if (terminal.signal.aborted) resolve();
    terminal.signal.addEventListener('abort', () => resolve());
  });
  terminal.note('Stopping: the requests that wait are answered first.');
  await stop();
  await new Promise((resolve) => server.close(resolve));
}
