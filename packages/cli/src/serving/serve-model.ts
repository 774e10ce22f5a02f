import type { Server, ServerOptions } from 'node:http';
import { serve } from '@hono/node-server';
import type { ServeFlags } from '../commands/serve';
import { startBackend } from '../compute';
import { openModelOf } from '../runs/model-folder';
import { Interruption } from '../terminal/interrupt-signal';
import type { Terminal } from '../terminal/terminal';
import { predictionApp } from './prediction-app';

/** The time that clients have to read the last answers, in milliseconds. */
const GRACE_MS = 1000;

/** Serves a model until the terminal's signal aborts. Resolves when the last request is answered. */
export async function serveModel(flags: ServeFlags, terminal: Terminal): Promise<void> {
  await startBackend(flags, terminal);
  const model = await openModelOf(flags.model);
  const { precision, maxPixels } = flags;
  const { app, stop } = predictionApp(
    {
      labels: model.labels,
      inputSize: model.inputSize,
      classify: (images) =>
        model.classify(images, { precision, limits: { pixels: maxPixels }, onError: 'return' }),
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
  const server = serve(
    { fetch: app.fetch, port: flags.port, hostname: flags.host, serverOptions: arrivalLimits(flags.timeout) },
    ({ address, port }) => terminal.print(`listening on http://${address}:${port}`),
  ) as Server;
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    const { signal } = terminal;
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      if (signal.reason instanceof Interruption) signal.reason.isAnnounced = true;
      resolve();
    });
  });
  terminal.note('Stopping: the requests that wait are answered first. Ctrl-C again ends at once.');
  await stop();
  const closed = new Promise((resolve) => server.close(resolve));
  // Connections that are still open now would send a request that is refused, or are reading an answer.
  const hangUp = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(hangUp);
  const { reason } = terminal.signal;
  if (reason instanceof Interruption) reason.endsWell();
}

/** Closes connections of clients that send their request too slowly. */
function arrivalLimits(timeoutMs: number): ServerOptions {
  return {
    requestTimeout: timeoutMs,
    headersTimeout: timeoutMs,
    connectionsCheckingInterval: Math.min(timeoutMs, 30_000),
  };
}
