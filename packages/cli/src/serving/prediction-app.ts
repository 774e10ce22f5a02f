import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { QueueFullError, RequestError, ThawError } from '../errors';
import { Batcher, type BatcherOptions } from './batcher';
import { requestImages } from './request-images';
import { servingMetrics } from './serving-metrics';

/** The answer for one image: labels by probability. */
export type Prediction = readonly {
  readonly label: string;
  readonly probability: number;
  readonly predicted: boolean;
}[];

/** The model that a server offers. */
export interface ServedModel {
  readonly labels: readonly string[];
  readonly inputSize: readonly [height: number, width: number];
  /** Predicts encoded images, with an `Error` for each image that can't be read. */
  classify(images: readonly Uint8Array[]): Promise<readonly (Prediction | Error)[]>;
}

/** The limits of a server. */
export interface ServingLimits extends BatcherOptions {
  /** The largest size of a request's body. */
  readonly maxBytes: number;
  readonly maxImages: number;
  /** The time after which a request is answered with an error. */
  readonly timeoutMs: number;
}

const ROUTES = new Set(['/', '/health', '/metrics', '/predict']);

/**
 * The server's routes: `POST /predict`, `GET /` (labels and input size), `GET /health`, `GET /metrics`.
 *
 * `stop` makes `/health` answer 503 and refuses new images. It resolves when the waiting images are answered.
 */
export function predictionApp(
  model: ServedModel,
  limits: ServingLimits,
  log: (line: string) => void = console.error,
) {
  const batcher = new Batcher(
    (images: readonly Uint8Array[]) => model.classify(images),
    limits,
    (images) => metrics.batch.observe(images),
  );
  const metrics = servingMetrics(() => batcher.waiting);
  let isStopping = false;
  const app = new Hono();
  app.use(async (context, next) => {
    const route = ROUTES.has(context.req.path) ? context.req.path : 'other';
    const end = metrics.seconds.startTimer({ route });
    await next();
    end();
    metrics.requests.inc({ route, status: context.res.status });
  });
  app.get('/', (context) => context.json({ labels: model.labels, inputSize: model.inputSize }));
  app.get('/health', (context) => context.json({ ok: !isStopping }, isStopping ? 503 : 200));
  app.get('/metrics', async (context) =>
    context.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  );
  app.post(
    '/predict',
    bodyLimit({
      maxSize: limits.maxBytes,
      onError: (context) =>
        context.json({ error: `expected at most ${limits.maxBytes} bytes; the request has more.` }, 413),
    }),
    timeout(
      limits.timeoutMs,
      new HTTPException(504, { message: `no answer within ${limits.timeoutMs} ms.` }),
    ),
    async (context) => {
      if (isStopping) return context.json({ error: 'the server is stopping.' }, 503);
      const images = await requestImages(context, limits.maxImages);
      return context.json({ predictions: allPredicted(await batcher.add(images)) });
    },
  );
  app.notFound((context) =>
    context.json({ error: 'expected POST /predict, GET /, GET /health or GET /metrics.' }, 404),
  );
  app.onError((error, context) => {
    if (error instanceof HTTPException) return context.json({ error: error.message }, error.status);
    if (error instanceof RequestError) return context.json({ error: error.message }, error.status);
    if (error instanceof QueueFullError)
      return context.json({ error: error.message }, 503, { 'retry-after': '1' });
    if (error instanceof ThawError) return context.json({ error: error.message }, 422);
    log(error.stack ?? String(error));
    return context.json({ error: 'the prediction failed; the server has logged why.' }, 500);
  });
  return {
    app,
    stop: async () => {
      isStopping = true;
      await batcher.idle();
    },
  };
}

/** @throws RequestError names the image that can't be read */
function allPredicted(results: readonly (Prediction | Error)[]): Prediction[] {
  return results.map((result, i) => {
    if (!(result instanceof Error)) return result;
    if (!(result instanceof ThawError)) throw result;
    const place = results.length > 1 ? `image ${i + 1} of ${results.length}: ` : '';
    throw new RequestError(`${place}${result.message}`, 422);
  });
}
