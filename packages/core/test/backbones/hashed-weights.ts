import { crc32 } from '../../src/weights/crc-32';

/** Numbers from 0 to below 1 by their index: conformance/backbones/reference_weights.py makes the same. */
function hashed(seed: number, count: number): Float64Array {
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = (i + seed) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad) >>> 0;
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97) >>> 0;
    numbers[i] = ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
  }
  return numbers;
}

/** What a reference's weight was given, in its own order of axes. */
function hashedWeight(name: string, shape: readonly number[], kind: string, fanIn: number): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = hashed(crc32(new TextEncoder().encode(name)), count);
  if (kind === 'kernel') return Float32Array.from(values, (value) => (2 * value - 1) * Math.sqrt(3 / fanIn));
  if (kind === 'gamma' || kind === 'variance') return Float32Array.from(values, (value) => 0.5 + value);
  if (kind === 'scale') return Float32Array.from(values, (value) => 0.1 + 0.2 * value);
  return Float32Array.from(values, (value) => (2 * value - 1) * 0.1);
}

/** The images that the references were given, `[images, height, width, 3]`. */
export function hashedPixels(height: number, width: number, images = 2, seed = 7): Float32Array {
  return Float32Array.from(hashed(seed, images * height * width * 3), (value) => 4 * value - 2);
}

/** The labels that the references were given, `[images, classes]`: 0 or 1, half of each. */
export function hashedLabels(images: number, classes: number): Float32Array {
  return Float32Array.from(hashed(11, images * classes), (value) => Number(value < 0.5));
}

/** A safetensors file of these weights, as PyTorch names and orders them; they may have other names in the file. */
export function hashedTorchFile(
  weights: Readonly<Record<string, readonly number[]>>,
  nameInFile = (name: string) => name,
): Uint8Array {
  const header: Record<string, object> = {};
  const parts: Float32Array[] = [];
  let offset = 0;
  for (const [name, shape] of Object.entries(weights)) {
    const values = hashedWeight(name, shape, torchKind(name, shape), fanIn(shape));
    header[nameInFile(name)] = { dtype: 'F32', shape, data_offsets: [offset, (offset += values.byteLength)] };
    parts.push(values);
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer), at);
    at += part.byteLength;
  }
  return bytes;
}

/** A layers model's files of these weights, without an architecture, as Keras names and orders them. */
export function hashedKerasFiles(weights: Readonly<Record<string, readonly number[]>>): File[] {
  const parts = Object.entries(weights).map(([name, shape]) => {
    const isDepthwise = /depthwise|dwconv/.test(name) && shape[3] === 1;
    const inputs = isDepthwise ? shape.slice(0, 2) : shape.length > 1 ? shape.slice(0, -1) : [];
    return hashedWeight(
      name,
      shape,
      kerasKind(name),
      inputs.reduce((product, size) => product * size, 1),
    );
  });
  const entries = Object.entries(weights).map(([name, shape]) => ({ name, shape, dtype: 'float32' }));
  const manifest = [{ paths: ['weights.bin'], weights: entries }];
  return [
    new File([JSON.stringify({ weightsManifest: manifest })], 'model.json'),
    new File(parts as Float32Array<ArrayBuffer>[], 'weights.bin'),
  ];
}

function fanIn(shape: readonly number[]): number {
  return shape.length > 1 ? shape.slice(1).reduce((product, size) => product * size, 1) : 1;
}

function torchKind(name: string, shape: readonly number[]): string {
  const own = name.split('.').at(-1)!;
  if (own === 'running_var') return 'variance';
  if (own === 'gamma' || own === 'layer_scale') return 'scale';
  if (own !== 'weight') return 'bias';
  return shape.length === 1 ? 'gamma' : 'kernel';
}

function kerasKind(name: string): string {
  const own = name.split('/').at(-1)!;
  if (own === 'moving_variance') return 'variance';
  if (name.includes('layer_scale')) return 'scale';
  if (own.endsWith('kernel')) return 'kernel';
  return own === 'gamma' ? 'gamma' : 'bias';
}
