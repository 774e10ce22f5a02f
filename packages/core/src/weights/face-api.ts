import { joinBytes } from '../bytes';
import { nodeModules } from '../platform/node';
import { WeightsFileError } from './errors';
import type { NamedWeight, WeightsFile } from './named-weights';
import { neighbour } from './open-weights';
import { readBytes } from './read-bytes';
import type { TransferOptions } from './transfer';
import { manifestOf, manifestWeights } from './weights-manifest';

const PACKAGE = '@vladmandic/face-api';
const MANIFEST = 'face_recognition_model-weights_manifest.json';

export interface FaceApiWeights {
  /** Kernel and bias per convolution (`conv32_1/conv1`), with the scale folded in. `fc` has only a kernel. */
  readonly file: WeightsFile;
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
  const source = manifestPath(location === undefined ? installedFolder() : String(location));
  const found: NamedWeight[] = [];
  for (const { paths, weights } of manifestOf(parse(await readBytes(source, options), source), source)) {
    const shards = await Promise.all(paths.map((path) => readBytes(neighbour(source, path), options)));
    const read = manifestWeights(weights, joinBytes(shards), source);
    const values = new Map(read.map((weight) => [weight.name, weight.read()]));
    for (const { name, shape } of read) {
      const layer = name.replace(/\/conv\/filters$/, '');
      if (layer !== name) found.push(...folded(layer, shape, values, source));
      else if (name === 'fc')
        found.push({ layer: [name], name: 'kernel', shape, read: () => values.get(name)! });
    }
  }
  return { file: { layout: 'keras', weights: found, close() {} }, source };
}

/**
 * A convolution of the file is (conv(x, filters) + bias) · scale + shift, per output channel. That is a convolution with
 * kernel filters · scale and bias bias · scale + shift.
 */
function folded(
  layer: string,
  shape: readonly number[],
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
  const names = layer.split('/');
  return [
    {
      layer: names,
      name: 'kernel',
      shape,
      read: () => filters.map((value, i) => value * scale[i % channels]),
    },
    {
      layer: names,
      name: 'bias',
      shape: [channels],
      read: () => bias.map((value, i) => value * scale[i] + shift[i]),
    },
  ];
}

function parse(bytes: Uint8Array, source: string): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WeightsFileError(
      `${source}: expected a weights manifest (JSON); received "${text.slice(0, 40)}…".`,
      { cause },
    );
  }
}

function manifestPath(location: string): string {
  return location.endsWith('.json') ? location : `${location.replace(/[/\\]+$/, '')}/${MANIFEST}`;
}

/** The package's folder, searched from this package and then from the running program. */
function installedFolder(): string {
  const node = nodeModules();
  const install = `faceResnet: its weights come with the npm package ${PACKAGE}`;
  if (node === undefined) {
    throw new WeightsFileError(
      `${install}. In a browser, serve its folder "model" and pass the URL as \`weights\`.`,
    );
  }
  const { path, url, module, process } = node;
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
