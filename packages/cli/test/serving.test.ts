import { ImageDecodeError } from '@thawjs/datasets';
import { describe, expect, it, vi } from 'vitest';
import { type Prediction, predictionApp, type ServingLimits } from '../src/serving/prediction-app';

const LIMITS: ServingLimits = {
  maxBatch: 4,
  maxWaitMs: 5,
  maxQueue: 8,
  maxBytes: 1000,
  maxImages: 3,
  timeoutMs: 2000,
};

/** A model that says how many bytes an image has; an image that begins with 0 can't be read. */
function server(
  limits: Partial<ServingLimits> = {},
  classify?: (images: readonly Uint8Array[]) => Promise<never>,
) {
  const batches: number[] = [];
  const logged: string[] = [];
  const served = predictionApp(
    {
      labels: ['bytes'],
      inputSize: [8, 8],
      classify:
        classify ??
        (async (images) => {
          batches.push(images.length);
          return images.map((bytes): Prediction | Error =>
            bytes[0] === 0
              ? new ImageDecodeError('expected an image; received something else.', '')
              : [{ label: 'bytes', probability: bytes.length / 10, predicted: true }],
          );
        }),
    },
    { ...LIMITS, ...limits },
    (line) => logged.push(line),
  );
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    served.app.request('/predict', { method: 'POST', body, headers });
  return { ...served, post, batches, logged };
}

const image = (length: number, first = 1) => Uint8Array.from({ length }, (_, i) => (i === 0 ? first : 7));
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const probabilities = async (response: Response) => {
  const { predictions } = (await response.json()) as { predictions: Prediction[] };
  return predictions.map(([{ probability }]) => probability);
};

/** A form of files. */
const formOf = (parts: number) =>
  `${'--b\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\nx\r\n'.repeat(parts)}--b--\r\n`;

describe('thaw serve', () => {
  it('takes an image as the body, files of a form, and JSON', async () => {
    const { post } = server();
    expect(await probabilities(await post(image(3), { 'content-type': 'image/png' }))).toEqual([0.3]);
    const form = new FormData();
    form.append('a', new File([image(1)], 'a.png'));
    form.append('b', new File([image(2)], 'b.png'));
    expect(await probabilities(await post(form))).toEqual([0.1, 0.2]);
    const json = { 'content-type': 'application/json' };
    expect(await probabilities(await post(JSON.stringify({ image: base64(image(4)) }), json))).toEqual([0.4]);
    const urls = [`data:image/png;base64,${base64(image(5))}`, base64(image(6))];
    expect(await probabilities(await post(JSON.stringify({ images: urls }), json))).toEqual([0.5, 0.6]);
  });

  it('answers requests that come together with one batch, each with its own', async () => {
    const { post, batches } = server();
    const answers = await Promise.all([1, 2, 3].map((n) => post(image(n), { 'content-type': 'image/png' })));
    expect(await Promise.all(answers.map(probabilities))).toEqual([[0.1], [0.2], [0.3]]);
    expect(batches).toEqual([3]);
  });

  it('an image that cannot be read fails alone', async () => {
    const { post } = server();
    const [bad, good] = await Promise.all([
      post(image(2, 0), { 'content-type': 'image/png' }),
      post(image(2), { 'content-type': 'image/png' }),
    ]);
    expect([bad.status, good.status]).toEqual([422, 200]);
    expect(await bad.json()).toEqual({ error: 'expected an image; received something else.' });
  });

  it('names the image of several that cannot be read', async () => {
    const { post } = server();
    const images = [image(2), image(2, 0), image(3)].map(base64);
    const answer = await post(JSON.stringify({ images }), { 'content-type': 'application/json' });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({
      error: 'image 2 of 3: expected an image; received something else.',
    });
  });

  it.each<[string, BodyInit, Record<string, string>, number, RegExp]>([
    ['nothing', '', { 'content-type': 'image/png' }, 400, /received no image/],
    [
      'another content type',
      'hello',
      { 'content-type': 'text/plain' },
      415,
      /received content type "text\/plain"/,
    ],
    ['JSON that is none', '{', { 'content-type': 'application/json' }, 400, /the JSON can't be read/],
    ['JSON without images', '{"a":1}', { 'content-type': 'application/json' }, 400, /received other JSON/],
    ['no base64', '{"image":"<svg>"}', { 'content-type': 'application/json' }, 400, /other characters/],
    [
      'a broken form',
      'x',
      { 'content-type': 'multipart/form-data; boundary=y' },
      400,
      /multipart form can't be read/,
    ],
    ['too many bytes', 'x'.repeat(1001), { 'content-type': 'image/png' }, 413, /at most 1000 bytes/],
    [
      'more parts of a form than images and fields',
      formOf(104),
      { 'content-type': 'multipart/form-data; boundary=b' },
      413,
      /at most 103 parts of a form/,
    ],
    [
      'more files of a form than images',
      formOf(4),
      { 'content-type': 'multipart/form-data; boundary="b"' },
      413,
      /at most 3 images a request; received 4/,
    ],
    [
      'too many images',
      JSON.stringify({ images: Array(4).fill('AQ==') }),
      { 'content-type': 'application/json' },
      413,
      /at most 3 images a request; received 4/,
    ],
  ])('refuses %s', async (_, body, headers, status, message) => {
    const { post } = server({ maxBytes: String(body).startsWith('--b') ? 20_000 : 1000 });
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: string }).error).toMatch(message);
  });

  it('refuses images where too many wait, and requests that take too long', async () => {
    const never = () => new Promise<never>(() => {});
    const full = server({ maxQueue: 0 });
    const refused = await full.post(image(1), { 'content-type': 'image/png' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    const slow = server({ timeoutMs: 20 }, never);
    expect((await slow.post(image(1), { 'content-type': 'image/png' })).status).toBe(504);
  });

  it('holds as many bytes of bodies as sixteen requests may have, and gives them free again', async () => {
    const answers: (() => void)[] = [];
    const wait = () =>
      new Promise<never>((_, reject) => answers.push(() => reject(new ImageDecodeError('no', ''))));
    const { post } = server({ maxBytes: 100, maxQueue: 100, maxBatch: 1 }, wait);
    const png = { 'content-type': 'image/png' };
    const held = Array.from({ length: 16 }, () => post(image(100), png));
    const refused = await post(image(1), png);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    const done = Promise.all(held);
    for (let ended = 0; ended < 16; ended++) {
      await vi.waitFor(() => expect(answers.length).toBe(ended + 1));
      answers[ended]();
    }
    expect((await done).map(({ status }) => status)).toEqual(Array(16).fill(422));
    const next = post(image(100), png);
    await vi.waitFor(() => expect(answers.length).toBe(17));
    answers[16]();
    expect((await next).status).toBe(422);
  });

  it('a failing model is a 500 that gives nothing away', async () => {
    const { post, logged } = server({}, () => Promise.reject(new TypeError('secret')));
    const response = await post(image(1), { 'content-type': 'image/png' });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(logged[0]).toContain('TypeError: secret');
  });

  it('tells its labels, its health and its metrics', async () => {
    const { app, post, stop } = server();
    expect(await (await app.request('/')).json()).toEqual({ labels: ['bytes'], inputSize: [8, 8] });
    await post(image(1), { 'content-type': 'image/png' });
    const metrics = await (await app.request('/metrics')).text();
    expect(metrics).toContain('thaw_requests_total{route="/predict",status="200"} 1');
    expect(metrics).toContain('thaw_batch_images_count 1');
    expect((await app.request('/health')).status).toBe(200);
    await stop();
    expect((await app.request('/health')).status).toBe(503);
    expect((await post(image(1), { 'content-type': 'image/png' })).status).toBe(503);
  });

  it('answers what waits before it stops', async () => {
    const { post, stop } = server();
    const pending = post(image(9), { 'content-type': 'image/png' });
    await new Promise((resolve) => setTimeout(resolve, 1));
    await stop();
    expect((await pending).status).toBe(200);
  });
});
