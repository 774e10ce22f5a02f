import { OptionError, PrecisionError } from '../errors';
import { type NodeModules, nodeModules } from '../platform/node';
import type { NumberType } from '../program/ir';
import { nativeBackend } from './tensorflow/native-backend';

/**
 * The numbers that convolutions and dense layers are computed with. `'bfloat16'` takes about half the time of
 * `'float32'` and half the memory of activations, on the native backend of a processor that computes with it
 * (avx512_bf16 or amx_bf16). `'auto'` takes it if it is there.
 *
 * Weights, what an optimizer keeps, BatchNormalization's folding, pooled features, scores and the loss are float32 in any case.
 */
export type Precision = 'float32' | 'bfloat16' | 'auto';

const DEFAULT_PRECISION: Precision = 'float32';

/** What a precision comes to on this machine. */
export interface ResolvedPrecision {
  readonly type: NumberType;
  /** Whether float32 will do for a model that bfloat16 can't be had for. */
  readonly negotiable: boolean;
  /** What `'auto'` came to, and why. */
  readonly note?: string;
}

/** Whatever was asked for elsewhere. */
export const FLOAT32: ResolvedPrecision = { type: 'float32', negotiable: true };

/**
 * Checks a `precision` option and finds out what it comes to with the backend in use.
 *
 * @param who the call that has the option, for messages.
 * @throws OptionError if it isn't one of the three; PrecisionError if bfloat16 can't be had.
 */
export function resolvePrecision(who: string, precision: Precision = DEFAULT_PRECISION): ResolvedPrecision {
  if (precision === 'float32') return FLOAT32;
  if (precision !== 'bfloat16' && precision !== 'auto') {
    throw new OptionError(
      `${who}: expected precision 'float32', 'bfloat16' or 'auto'; received ${JSON.stringify(precision)}.`,
    );
  }
  const lacking = lackingForBfloat16();
  if (precision === 'auto') {
    return lacking === undefined
      ? {
          type: 'bfloat16',
          negotiable: true,
          note: 'precision: bfloat16, which this processor computes with.',
        }
      : { ...FLOAT32, note: `precision: float32, as ${lacking}.` };
  }
  if (lacking === undefined) return { type: 'bfloat16', negotiable: false };
  throw new PrecisionError(
    `${who}: expected a native backend and a processor that compute in bfloat16; ${lacking}. ` +
      "Pass precision: 'float32', or 'auto', which takes bfloat16 only where it is.",
  );
}

/** What bfloat16 asks for and isn't there, within a sentence; undefined if all is. */
export function lackingForBfloat16(node: NodeModules | undefined = nodeModules()): string | undefined {
  if (!node || !nativeBackend()) return 'it needs the native backend';
  if (process.env.TF_ENABLE_ONEDNN_OPTS === '0') return "oneDNN's kernels are off (TF_ENABLE_ONEDNN_OPTS=0)";
  let processor: string;
  try {
    processor = node.fs.readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return 'only Linux tells in /proc/cpuinfo whether the processor has it';
  }
  const flags = new Set(/^flags\s*:(.*)$/m.exec(processor)?.[1].split(' '));
  if (flags.has('avx512_bf16') || flags.has('amx_bf16')) return undefined;
  return 'the processor has neither avx512_bf16 nor amx_bf16';
}
