import { dispose, io } from '@tensorflow/tfjs-core';
import { nodeModules } from '../platform/node';
import { WeightsFileError } from './errors';
import type { NamedLayers, NamedWeight } from './named-weights';
import { readBytes } from './read-bytes';
import type { TransferOptions } from './transfer';

const PACKAGE = '@vladmandic/face-api';
const MANIFEST = 'face_recognition_model-weights_manifest.json';

/** What a shard manifest of TensorFlow.js holds. */
type Manifest = readonly { readonly paths: readonly string[]; readonly weights: io.WeightsManifestEntry[] }[];

export interface FaceApiWeights {
  /** By convolution (`conv32_1/conv1`), its kernel and bias with the scale folded in; `fc` has a kernel only. */
  readonly layers: NamedLayers;
  /** The manifest's path or URL. */
  readonly source: string;
}

/**
 * Reads the face recognition weights of face-api.js: a manifest of TensorFlow.js and a file of 8-bit numbers.
 *
 * @param location path or URL of the `model` folder or of the manifest in it; by default that of the installed
 * package `@vladmandic/face-api`
 * @throws {WeightsFileError} the package isn't installed, or the files are missing or damaged
 */
export async function faceApiWeights(
  location?: string | URL,
  options: TransferOptions = {},
): Promise<FaceApiWeights> {
  const source = manifestOf(location === undefined ? installedFolder() : String(location));
  const layers = new Map<string, NamedWeight[]>();
  for (const { paths, weights } of parse(await readBytes(source, options), source)) {
    const shards = await Promise.all(paths.map((path) => readBytes(sibling(source, path), options)));
    const values = await decode(joined(shards), weights, source);
    for (const { name, shape } of weights) {
      const layer = name.replace(/\/conv\/filters$/, '');
      if (layer !== name) layers.set(layer, folded(layer, shape, values, source));
      else if (name === 'fc') layers.set(name, [{ name: 'kernel', shape, read: () => values.get(name)! }]);
    }
  }
  return { layers, source };
}

/**
 * A convolution of the file is (conv(x, filters) + bias) · scale + shift, per output channel. That is a convolution with
 * kernel filters · scale and bias bias · scale + shift.
 */
function folded(
  layer: string,
  shape: number[],
  values: ReadonlyMap<string, Float32Array>,
  source: string,
): NamedWeight[] {
  const part = (name: string): Float32Array => {
    const data = values.get(`${layer}/${name}`);
    if (data === undefined)
      throw new WeightsFileError(`${source}: expected "${layer}/${name}" beside its filters.`);
    return data;
  };
  const [filters, bias, scale, shift] = [
    part('conv/filters'),
    part('conv/bias'),
    part('scale/weights'),
    part('scale/biases'),
  ];
  const channels = scale.length;
  return [
    { name: 'kernel', shape, read: () => filters.map((value, i) => value * scale[i % channels]!) },
    { name: 'bias', shape: [channels], read: () => bias.map((value, i) => value * scale[i]! + shift[i]!) },
  ];
}

async function decode(bytes: Uint8Array, weights: io.WeightsManifestEntry[], source: string) {
  const expected = weights.reduce((sum, weight) => sum + byteLength(weight), 0);
  if (bytes.length !== expected) {
    throw new WeightsFileError(
      `${source}: expected ${expected} bytes of weights beside it; received ${bytes.length}. Is the file cut short?`,
    );
  }
  const tensors = io.decodeWeights(bytes.slice().buffer, weights);
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of Object.entries(tensors))
    values.set(name, (await tensor.data()) as Float32Array);
  dispose(tensors);
  return values;
}

function byteLength({ shape, quantization }: io.WeightsManifestEntry): number {
  const bytes = { uint8: 1, uint16: 2, float16: 2 }[quantization?.dtype as string] ?? 4;
  return shape.reduce((product, n) => product * n, bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function parse(bytes: Uint8Array, source: string): Manifest {
  const text = new TextDecoder().decode(bytes);
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new WeightsFileError(
      `${source}: expected a weights manifest (JSON); received "${text.slice(0, 40)}…".`,
      { cause },
    );
  }
  const fits =
    Array.isArray(manifest) &&
    manifest.every(({ paths, weights }) => Array.isArray(paths) && Array.isArray(weights));
  if (fits) return manifest as Manifest;
  throw new WeightsFileError(
    `${source}: expected a weights manifest, a list of { paths, weights }; received other JSON.`,
  );
}

function manifestOf(location: string): string {
  return location.endsWith('.json') ? location : `${location.replace(/[/\\]+$/, '')}/${MANIFEST}`;
}

/** The file of that name in the folder of `source`, for paths and URLs alike. */
function sibling(source: string, name: string): string {
  return source.replace(/[^/\\]*$/, name);
}

/** Beside this package, else beside the program that runs. */
function installedFolder(): string {
  const node = nodeModules();
  const install = `faceResnet: its weights come with the npm package ${PACKAGE}`;
  if (node === undefined) {
    throw new WeightsFileError(
      `${install}. In a browser, serve its folder "model" and pass the URL as \`weights\`.`,
    );
  }
  const { path, url, module } = node;
  const places = [import.meta.url, url.pathToFileURL(path.join(process.cwd(), 'package.json')).href];
  const failures: unknown[] = [];
  for (const place of places) {
    try {
      return path.join(path.dirname(module.createRequire(place).resolve(`${PACKAGE}/package.json`)), 'model');
    } catch (error) {
      failures.push(error);
    }
  }
  const cause = new AggregateError(failures);
  throw new WeightsFileError(`${install}, which isn't installed here. Run: npm install ${PACKAGE}`, {
    cause,
  });
}
