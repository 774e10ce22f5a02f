import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { QueueFullError, RequestError, ThawError } from '../errors';
import { Batcher, type BatcherOptions } from './batcher';
import { type ReceivedBody, readBody } from './read-body';
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

/** So many requests of the largest size are held at a time. */
const HELD_REQUESTS = 16;

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
  const app = new Hono<ReceivedBody>();
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
    timeout(
      limits.timeoutMs,
      new HTTPException(504, { message: `no answer within ${limits.timeoutMs} ms.` }),
    ),
    readBody({ maxBytes: limits.maxBytes, maxHeldBytes: HELD_REQUESTS * limits.maxBytes }),
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
    if (error instanceof ThawError) {
      const status =
        error instanceof RequestError ? error.status : error instanceof QueueFullError ? 503 : 422;
      return context.json({ error: error.message }, status, status === 503 ? { 'retry-after': '1' } : {});
    }
    // The client has hung up in the middle of its request; nobody reads this answer.
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return context.body(null, 400);
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
